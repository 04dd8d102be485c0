/** What a detector keeps of each service by spans of time, such as five minutes, and judges when a span is over. */
import type { Service } from "../endpoints.ts";
import type { ServiceMinute } from "../minutes.ts";

/**
 * @param length milliseconds
 * @param create what is kept, when the first minute of a service comes
 * @param over called with the first minute of another span, before that minute is counted
 */
export function inSpan<Watch extends { span: number }>(
  watches: Map<Service, Watch>,
  minute: ServiceMinute,
  length: number,
  create: (span: number, minute: ServiceMinute) => Watch,
  over: (watch: Watch, minute: ServiceMinute) => void,
): Watch {
  const span = Math.floor(minute.start / length);
  let watch = watches.get(minute.service);
  if (watch === undefined) {
    watch = create(span, minute);
    watches.set(minute.service, watch);
  }
  if (span !== watch.span) {
    over(watch, minute);
    watch.span = span;
  }
  return watch;
}
