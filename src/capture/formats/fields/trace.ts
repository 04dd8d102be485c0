/** Trace identifiers in the wrappings in which headers and clouds carry them. */
import type { ApiEvent } from "../../../event.ts";

/** W3C `traceparent`: version, trace, parent span, flags. */
const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}$/;

/** Takes a bare id, a W3C `traceparent`, AWS's `Root=1-…;…` or Google's `projects/…/traces/…`. */
export function setTrace(event: ApiEvent, value: string): void {
  if (isBare(value)) {
    event.trace_id = value;
    return;
  }
  const parent = TRACEPARENT.exec(value);
  if (parent !== null) event.span_id = parent[2];
  event.trace_id = parent?.[1] ?? /(?:Root=|\/traces\/)([^;/]+)/.exec(value)?.[1] ?? value;
}

/** The usual trace id, which no wrapping is made of alone: digits and small letters up to f. */
function isBare(value: string): boolean {
  if (value.length > 32) return false;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (!((code >= 48 && code <= 57) || (code >= 97 && code <= 102))) return false;
  }
  return true;
}
