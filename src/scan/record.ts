/** The record behind a fact, read again from the bytes it stood in: only as far as it is asked for. */
import type { Evidence, RecordReader } from "../detect/engine.ts";
import { type ApiEvent, emptyEvent } from "../event.ts";
import { emptyFact, type Fact } from "../fact.ts";
import { inspect } from "../inspect/inspect.ts";
import { describe } from "../normalize/describe.ts";
import type { Networks } from "../normalize/networks.ts";
import { shapeSegments } from "../normalize/route.ts";
import type { FactStream } from "./stream.ts";

/**
 * @param fact the current fact; changed in place by the caller as it goes on
 * @param current the stream that the fact comes from
 */
export function createRecordReader(
  fact: Readonly<Fact>,
  current: () => FactStream | undefined,
  normalize: (event: ApiEvent, fact: Fact) => void,
  networks: Networks,
): RecordReader {
  const unused = emptyFact();

  function read(): { stream: FactStream; event: ApiEvent } {
    const stream = current();
    if (stream === undefined) throw new Error("no record is being looked at");
    const event = emptyEvent();
    stream.parser().parse(stream.textOf(fact.offset, fact.length), event);
    normalize(event, unused);
    return { stream, event };
  }

  return {
    event: () => read().event,
    route() {
      const { event } = read();
      const method = event["http.request.method"] ?? "";
      return {
        service: event["service.name"] ?? "",
        // HEAD asks about the same operation as GET.
        method: method === "HEAD" ? "GET" : method,
        segments: event["http.route"]?.split("/").filter(Boolean) ?? shapeSegments(event["url.path"] ?? ""),
      };
    },
    evidence(): Evidence {
      const { stream, event } = read();
      const findings = inspect(event);
      describe(event, networks);
      return { event, findings, ref: { file: stream.name, line: stream.lineOf(fact.line) } };
    },
  };
}
