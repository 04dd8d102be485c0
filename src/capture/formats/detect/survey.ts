/** Tries formats on the lines of a sample and counts what each explains. */
import { type ApiEvent, EVENT_FIELDS, emptyEvent } from "../../../event.ts";
import { fillFromEnvelope, unwrap } from "../../envelope.ts";
import type { EnvelopeId, FormatOptions, LineResult, LogFormat } from "../../format.ts";
import { clearEvent } from "../clear-event.ts";
import { isJsonParser } from "../json/json-format.ts";
import { NOT_JSON, parseJsonLine } from "../json/json-text.ts";
import { isJsonObject, type JsonObject } from "../json/path.ts";
import { csvHeader, csvRecord } from "../recognise/csv-record.ts";
import { logfmtRecord } from "../recognise/logfmt-record.ts";
import { ltsvRecord } from "../recognise/ltsv-record.ts";
import { type MappedPath, recogniseFields } from "../recognise/recognise.ts";
import { isRequestMapping } from "../recognise/record-parser.ts";

/** What one format made of a sample. */
export interface Tally {
  readonly format: LogFormat;
  readonly envelope: EnvelopeId;
  readonly options: FormatOptions;
  /** Lines that became events, and lines of this log that are not requests. */
  readonly events: number;
  readonly ignored: number;
  /** Event fields filled, on average over its events. */
  readonly fields: number;
  /** Which lines it explains, by their place in the sample. */
  readonly explains: ReadonlySet<number>;
  /** How fields were found, for formats that recognise them. */
  readonly paths: readonly MappedPath[];
}

/** The lines of a sample without their wrapping, each parsed once if it is JSON. */
export interface Unwrapped {
  readonly envelope: EnvelopeId;
  /** As they stand in the file. */
  readonly raw: readonly string[];
  readonly lines: readonly string[];
  readonly values: readonly unknown[];
}

export function unwrapSample(lines: readonly string[], envelope: EnvelopeId): Unwrapped {
  const inner = lines.map((line) => unwrap(envelope, line));
  return {
    envelope,
    raw: lines,
    lines: inner,
    values: inner.map((line) => (/^\s*[{[]/.test(line) ? parseJsonLine(line) : NOT_JSON)),
  };
}

export function survey(
  sample: Unwrapped,
  formats: readonly LogFormat[],
  options: FormatOptions,
): readonly Tally[] {
  const anyJson = sample.values.some((value) => value !== NOT_JSON);
  const anyText = sample.values.some((value) => value === NOT_JSON);
  return formats.flatMap((format) => {
    if (format.shape === "json" ? !anyJson : !anyText) return [];
    const prepared = prepare(format, sample, options);
    return prepared === undefined ? [] : [tally(format, sample, prepared.options, prepared.paths)];
  });
}

/** Gives recognisers what the sample shows: the mapping of fields, the header row. */
function prepare(
  format: LogFormat,
  sample: Unwrapped,
  options: FormatOptions,
): { options: FormatOptions; paths: readonly MappedPath[] } | undefined {
  if (!["json", "logfmt", "ltsv", "csv"].includes(format.id)) return { options, paths: [] };
  const pattern =
    format.id === "csv" ? (options.pattern ?? sample.lines.find((line) => line.trim() !== "")) : undefined;
  const { mapping, paths } = recogniseFields(recordsOf(format.id, sample, pattern));
  const whole = { ...mapping, ...options.mapping };
  if (!isRequestMapping(whole)) return undefined;
  const given = Object.entries(options.mapping ?? {}).map(
    ([field, path]) => ({ field, path, reason: "as given" }) as MappedPath,
  );
  const found = paths.filter(({ field }) => options.mapping?.[field] === undefined);
  return {
    options: { ...options, mapping: whole, ...(pattern !== undefined && { pattern }) },
    paths: [...given, ...found],
  };
}

function recordsOf(id: string, sample: Unwrapped, pattern: string | undefined): readonly JsonObject[] {
  if (id === "json") return sample.values.filter(isJsonObject);
  const header = pattern === undefined ? undefined : csvHeader(pattern);
  const read = (line: string): JsonObject | undefined => {
    if (id === "logfmt") return logfmtRecord(line);
    if (id === "ltsv") return ltsvRecord(line);
    return header === undefined || line === pattern ? undefined : csvRecord(line, header);
  };
  return sample.lines.map(read).filter((record) => record !== undefined);
}

function tally(
  format: LogFormat,
  sample: Unwrapped,
  options: FormatOptions,
  paths: readonly MappedPath[],
): Tally {
  const parser = format.open(options);
  const event = emptyEvent();
  const explains = new Set<number>();
  let events = 0;
  let ignored = 0;
  let filled = 0;
  sample.lines.forEach((line, i) => {
    const value = sample.values[i];
    if (line.trim() === "") return;
    clearEvent(event);
    let result: LineResult = "failed";
    if (value === NOT_JSON) result = format.shape === "json" ? "failed" : parser.parse(line, event);
    else if (isJsonParser(parser)) result = parser.parseValue(value, event);
    if (result === "event") {
      if (Number.isNaN(event.timestamp))
        fillFromEnvelope(sample.envelope, sample.raw[i] ?? "", event, options);
      events++;
      filled += filledFields(event);
      explains.add(i);
    } else if (result === "ignored" && isToldBy(format, line, event)) {
      ignored++;
      explains.add(i);
    } else if (line === options.pattern) {
      explains.add(i);
    }
  });
  const fields = events > 0 ? filled / events : 0;
  return { format, envelope: sample.envelope, options, events, ignored, fields, explains, paths };
}

/** Comments speak for no format; a line that gave a time or a client was understood. */
function isToldBy(format: LogFormat, line: string, event: ApiEvent): boolean {
  if (format.general === true || line.startsWith("#")) return false;
  return !Number.isNaN(event.timestamp) || event["client.address"] !== undefined;
}

function filledFields(event: ApiEvent): number {
  let count = Number.isNaN(event.timestamp) ? -1 : 0;
  for (const field of EVENT_FIELDS) if (event[field] !== undefined) count++;
  return count;
}
