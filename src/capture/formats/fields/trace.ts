/** Trace identifiers in the wrappings in which headers and clouds carry them. */
import type { ApiEvent } from "../../../event.ts";

/** W3C `traceparent`: version, trace, parent span, flags. */
const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}$/;

/** Takes a bare id, a W3C `traceparent`, AWS's `Root=1-…;…` or Google's `projects/…/traces/…`. */
export function setTrace(event: ApiEvent, value: string): void {
  const parent = TRACEPARENT.exec(value);
  if (parent !== null) event.span_id = parent[2];
  event.trace_id = parent?.[1] ?? /(?:Root=|\/traces\/)([^;/]+)/.exec(value)?.[1] ?? value;
}
