/**
 * Log records of OpenTelemetry that carry a line as a server wrote it, and no attributes of a request: what a
 * collector's filelog receiver sends without a parser. The line is read as it would be from its file: each service and
 * file is a stream with a format of its own, found from its lines. A stream in which nothing is a request costs little.
 */
import type { ApiEvent } from "../event.ts";
import { detectFormat } from "./detect-format.ts";
import type { FormatChoice, FormatOptions, LineParser } from "./format.ts";
import { clearEvent } from "./formats/clear-event.ts";
import { carriedLine } from "./formats/otlp.ts";
import { formatById } from "./formats/table.ts";

interface Stream {
  parser: LineParser | undefined;
  /** Its format takes any line with a request in it: that another has none is no fault of that line. */
  loose: boolean;
  /** Lines in which nothing was recognised, and lines to pass over before the next try. */
  failures: number;
  deaf: number;
}

const MOST_STREAMS = 1_000;
const LONGEST_DEAF = 100_000;
/** Lines of a stream that are each looked at by themselves. */
const EAGER = 20;

/**
 * @param records reads the records that say themselves what they are
 * @param open a parser for the lines of one stream
 */
export function withCarriedLines(
  records: LineParser,
  options: FormatOptions,
  open: (choice: FormatChoice) => LineParser,
): LineParser {
  /** Least recently used first. */
  const streams = new Map<string, Stream>();

  function streamOf(name: string): Stream {
    const stream = streams.get(name) ?? { parser: undefined, loose: false, failures: 0, deaf: 0 };
    streams.delete(name);
    streams.set(name, stream);
    if (streams.size > MOST_STREAMS) streams.delete(streams.keys().next().value ?? "");
    return stream;
  }

  function recognise(stream: Stream, line: string): LineParser | undefined {
    if (stream.parser !== undefined) return stream.parser;
    if (stream.deaf > 0) {
      stream.deaf--;
      return undefined;
    }
    const detection = detectFormat([line], { zoneMinutes: options.zoneMinutes, newest: options.newest });
    if (!detection.found) {
      stream.failures++;
      if (stream.failures > EAGER) stream.deaf = Math.min(2 ** (stream.failures - EAGER), LONGEST_DEAF);
      return undefined;
    }
    const { format } = detection.choice;
    stream.loose = formatById(format)?.general === true;
    stream.parser = open({ ...detection.choice, records: "lines" });
    return stream.parser;
  }

  return {
    parse(line, event) {
      const result = records.parse(line, event);
      const carried = result === "ignored" ? carriedLine(line) : undefined;
      if (carried === undefined) return result;
      const stream = streamOf(carried.stream);
      const parser = recognise(stream, carried.text);
      if (parser === undefined) return "ignored";
      const around = contextOf(event);
      clearEvent(event);
      const read = parser.parse(carried.text, event);
      if (read === "event") fill(event, around);
      return read === "failed" && stream.loose ? "ignored" : read;
    },
  };
}

type Context = Pick<
  ApiEvent,
  "timestamp" | "trace_id" | "span_id" | "service.name" | "deployment.environment.name"
>;

/** What the record and its resource say of the line. */
function contextOf(event: ApiEvent): Context {
  return {
    timestamp: event.timestamp,
    trace_id: event.trace_id,
    span_id: event.span_id,
    "service.name": event["service.name"],
    "deployment.environment.name": event["deployment.environment.name"],
  };
}

/** The line itself knows better when it happened. */
function fill(event: ApiEvent, around: Context): void {
  if (Number.isNaN(event.timestamp)) event.timestamp = around.timestamp;
  event.trace_id ??= around.trace_id;
  event.span_id ??= around.span_id;
  event["service.name"] ??= around["service.name"];
  event["deployment.environment.name"] ??= around["deployment.environment.name"];
}
