/**
 * Takes off what another program put around a log line, and keeps what only the wrapping knows: when and where.
 * Nothing is kept between lines; a part of a line that a container runtime split is passed over.
 */
import type { ApiEvent } from "../event.ts";
import type { EnvelopeId } from "./format.ts";
import { type SyslogHeader, syslogHeader } from "./formats/envelope/syslog.ts";
import { parseJsonLine } from "./formats/json/json-text.ts";
import { compilePath, isJsonObject, type JsonObject } from "./formats/json/path.ts";
import { JSON_SETTERS, textOf } from "./formats/json/setters.ts";
import type { TimeContext } from "./timestamp.ts";

const CRI =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}(?:Z|[+-]\d\d:\d\d)) std(?:out|err) ([FP])(?::\S{1,64})? /;
const TIME_PREFIX = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) /;
const NAME_PREFIX = /^(?:\[pod\/[^\]\s]{1,200}\]|[\w.-]{1,64} {0,40}\|) /;
/** A host and a program before a message whose own syslog time was taken off. */
const TAG = /^[\w.-]{1,64} [\w./-]{1,48}(?:\[\d{1,8}\])?: /;

/** Where shippers and platforms put the raw line, most particular first. */
const MESSAGE_KEYS = [
  "message",
  "log",
  "MESSAGE",
  "textPayload",
  "_raw",
  "raw",
  "line",
  "msg",
  "event",
  "body",
] as const;
const time = compilePath(
  "time|@timestamp|timestamp|__REALTIME_TIMESTAMP|_SOURCE_REALTIME_TIMESTAMP|ts|date|receiveTimestamp",
);
const host = compilePath("_HOSTNAME|host.name|host.hostname|hostname|host|kubernetes.host|agent.hostname");

/** The inner line; the line itself when it is not wrapped so; "" when there is nothing in it to read. */
export function unwrap(envelope: EnvelopeId, line: string): string {
  switch (envelope) {
    case "none":
      return line;
    case "syslog":
      return afterHeader(line, syslogHeader(line));
    case "cri":
      return unwrapCri(line);
    case "prefix":
      return unwrapPrefix(line);
    case "quoted":
      return unwrapQuoted(line);
    default:
      return unwrapJson(envelope, line);
  }
}

/** Fills the time and the host from the wrapping where the inner line had none. */
export function fillFromEnvelope(
  envelope: EnvelopeId,
  line: string,
  event: ApiEvent,
  context: TimeContext,
): void {
  const { when, where } = readEnvelope(envelope, line);
  if (Number.isNaN(event.timestamp) && when !== undefined) {
    JSON_SETTERS.timestamp(event, when, 0, context);
  }
  if (event["server.address"] === undefined && where !== undefined && /^[\w.:-]{2,255}$/.test(where)) {
    event["server.address"] = where;
  }
}

function readEnvelope(envelope: EnvelopeId, line: string): { when?: unknown; where?: string | undefined } {
  if (envelope === "syslog") {
    const header = syslogHeader(line);
    return { when: header?.time, where: header?.host };
  }
  if (envelope === "cri") return { when: CRI.exec(line)?.[1] };
  if (envelope === "prefix") return { when: TIME_PREFIX.exec(line.replace(NAME_PREFIX, ""))?.[1] };
  if (envelope === "none" || envelope === "quoted") return {};
  const record = parseJsonLine(line);
  return isJsonObject(record) ? { when: time(record), where: textOf(host(record)) } : {};
}

function afterHeader(line: string, header: SyslogHeader | undefined): string {
  return header === undefined ? line : line.slice(header.message);
}

function unwrapCri(line: string): string {
  const header = CRI.exec(line);
  if (header === null) return line;
  return header[2] === "P" ? "" : unwrapInner(line.slice(header[0].length));
}

function unwrapPrefix(line: string): string {
  const named = NAME_PREFIX.exec(line);
  const rest = named === null ? line : line.slice(named[0].length);
  const timed = TIME_PREFIX.exec(rest);
  return timed === null ? rest : rest.slice(timed[0].length);
}

/** `"a ""quoted"" line"` as CSV has it, or `"a \"quoted\" line"`. */
function unwrapQuoted(line: string): string {
  const text = line.trim();
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return line;
  const inner = text.slice(1, -1);
  if (/^(?:[^"\\]|\\.)*$/.test(inner)) return inner.replace(/\\(["\\])/g, "$1");
  if (/^(?:[^"]|"")*$/.test(inner)) return inner.replaceAll('""', '"');
  // Put in quotes by a program that did not look inside: the line's own last quote is left before the one added.
  return /[^\s"]"$/.test(inner.slice(-2)) ? inner : line;
}

function unwrapJson(envelope: EnvelopeId, line: string): string {
  if (line.charCodeAt(0) !== 123) return line;
  const record = parseJsonLine(line);
  if (!isJsonObject(record)) return line;
  const message = messageOf(envelope, record);
  return message === undefined ? line : unwrapInner(message.trimEnd());
}

function messageOf(envelope: EnvelopeId, record: JsonObject): string | undefined {
  if (envelope === "docker") return typeof record.log === "string" ? record.log : undefined;
  if (envelope === "journald") return journaldMessage(record.MESSAGE);
  for (const key of MESSAGE_KEYS) {
    const value = record[key];
    if (typeof value === "string" && value !== "") return value;
  }
  return undefined;
}

/** journald writes messages that are not UTF-8 as a list of bytes. */
function journaldMessage(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (!Array.isArray(value) || value.length > 65_536) return undefined;
  return Buffer.from(value.map(Number)).toString("utf8");
}

/** Wrappings nest: a container's line, or a shipper's message, may be a syslog line. */
function unwrapInner(line: string): string {
  const header = syslogHeader(line);
  if (header !== undefined) return line.slice(header.message);
  const tag = TAG.exec(line);
  return tag === null ? line : line.slice(tag[0].length);
}

const WRAPPED: readonly (readonly [EnvelopeId, (line: string) => boolean])[] = [
  ["cri", (line) => CRI.test(line)],
  ["syslog", (line) => syslogHeader(line) !== undefined],
  ["docker", (line) => line.startsWith("{") && /"log":"/.test(line) && /"stream":"std/.test(line)],
  [
    "journald",
    (line) => line.startsWith("{") && /"MESSAGE"\s*:/.test(line) && line.includes('"__REALTIME_TIMESTAMP"'),
  ],
  ["quoted", (line) => line.startsWith('"') && unwrapQuoted(line) !== line],
  ["prefix", (line) => NAME_PREFIX.test(line) || TIME_PREFIX.test(line)],
  ["json-message", (line) => line.startsWith("{") && unwrapJson("json-message", line) !== line],
];

/** Share of lines that must be wrapped alike for the wrapping to be tried. */
const SHARE = 0.3;

/** The wrappings that the lines of a sample may be in, the plain line always among them. */
export function guessEnvelopes(lines: readonly string[]): readonly EnvelopeId[] {
  const guesses = WRAPPED.filter(([, fits]) => lines.filter(fits).length > lines.length * SHARE);
  return ["none", ...guesses.map(([envelope]) => envelope)];
}
