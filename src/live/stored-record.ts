/** A stored event as the record behind a fact: live from the journal's block, in a replay from the store. */
import type { RecordReader } from "../detect/engine.ts";
import type { ApiEvent, Finding } from "../event.ts";

export interface CurrentEvent {
  event(): ApiEvent;
  findings(): readonly Finding[];
  id(): string;
}

/** A path's shape keeps empty segments within; what stands before the first slash and after the last is none. */
function segmentsOf(route: string): readonly string[] {
  const segments = route.replace(/^\//, "").split("/");
  if (segments.at(-1) === "") segments.pop();
  return segments;
}

export function storedRecord({ event, findings, id }: CurrentEvent): RecordReader {
  return {
    event,
    route() {
      const current = event();
      const method = current["http.request.method"] ?? "";
      return {
        service: current["service.name"] ?? "",
        // HEAD asks about the same operation as GET.
        method: method === "HEAD" ? "GET" : method,
        segments: segmentsOf(current["http.route"] ?? ""),
      };
    },
    evidence: () => ({ event: event(), findings: findings(), ref: { id: id() } }),
  };
}
