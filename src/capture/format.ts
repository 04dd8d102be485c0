/**
 * The contract of a log format: text of one record in, fields of one ApiEvent out.
 *
 * Every format is one file in `formats/`, listed in `formats/table.ts`, with its cases beside it; the shared
 * suite `formats/formats.test.ts` runs them all.
 */
import type { ApiEvent, EventField } from "../event.ts";

/**
 * What became of one record: `event` (the event is filled), `ignored` (a blank line, a comment, a header, or a
 * line of this log that is not a request), `failed` (not of this format; the event may be half filled).
 */
export type LineResult = "event" | "ignored" | "failed";

export interface LineParser {
  /**
   * @param line one record, decoded, without its line end, at most `MAX_LINE_BYTES` long; a JSON format may be
   *   given a record that spanned several lines
   * @param event a reset event to fill; never throws, whatever the line holds
   */
  parse(line: string, event: ApiEvent): LineResult;
}

/** Everything a parser may need besides the line. Plain data: it travels to worker threads. */
export interface FormatOptions {
  /** Offset of times that carry no zone, minutes east of UTC. */
  readonly zoneMinutes: number;
  /** The newest time (ms) the file can speak of, its mtime: gives years to times without one. */
  readonly newest: number;
  /** A `log_format`, `LogFormat` or `#Fields` string, for formats that are made from one. */
  readonly pattern?: string;
  /**
   * Event field → path in the JSON record, from detection or from `--map`. `a.b|c` tries `c` where `a.b` is
   * absent; a duration may name its unit: `took:us`.
   */
  readonly mapping?: FieldMapping;
}

/** What a mapping can fill: an event field, or one header of the request or the response. */
export type MappedField = EventField | `http.request.headers.${string}` | `http.response.headers.${string}`;
export type FieldMapping = Readonly<Partial<Record<MappedField, string>>>;

export interface LogFormat {
  /** Stable name for `--format`: "nginx-combined". */
  readonly id: string;
  /** For a person: "nginx combined". */
  readonly title: string;
  /** Further names for `--format`: other servers that write the same lines. */
  readonly aliases?: readonly string[];
  /** True for a recogniser of many shapes: detection prefers a format that knows exactly this one. */
  readonly general?: boolean;
  /** `line`: one record a line. `json`: a record is a JSON value and may span lines. */
  readonly shape: "line" | "json";
  /** True when parsing depends on earlier lines of the same file (a header), so that its lines stay together. */
  readonly stateful?: boolean;
  /** Event fields this format can carry. */
  readonly provides: readonly EventField[];
  /** How to make the server write more: field → the configuration line that adds it. Read by blind spots. */
  readonly advice?: Readonly<Partial<Record<EventField, string>>>;
  open(options: FormatOptions): LineParser;
}

/**
 * A way in which another program wrapped each line: syslog, a container runtime, a shipper. `prefix`: what
 * `docker compose logs`, `kubectl logs --prefix` or `--timestamps` put in front.
 */
export type EnvelopeId =
  | "none"
  | "syslog"
  | "cri"
  | "docker"
  | "journald"
  | "quoted"
  | "json-message"
  | "prefix";

/** What detection decided for one file, as plain data: `openFormat` turns it into a parser on any thread. */
export interface FormatChoice {
  readonly format: string;
  readonly envelope: EnvelopeId;
  readonly options: FormatOptions;
  /** How records stand in the file: one a line, or JSON values that span lines or share one (`documents.ts`). */
  readonly records: "lines" | "documents";
  /** Formats to try, in order, when a line fails: files do mix. */
  readonly fallbacks: readonly string[];
}

/** A line longer than this is counted, reported with its place, and passed over. */
export const MAX_LINE_BYTES = 1 << 20;
