/**
 * The parser of one file: its wrapping taken off, its format, and for lines that are not of it the others found
 * in the file. A line that none of them knows is tried with every format, a bounded number of times, and what
 * works is remembered: files do mix.
 */
import { VedetteError } from "../errors.ts";
import type { ApiEvent } from "../event.ts";
import { withCarriedLines } from "./carried-lines.ts";
import { fillFromEnvelope, guessEnvelopes, unwrap } from "./envelope.ts";
import type { FormatChoice, LineParser, LineResult, LogFormat } from "./format.ts";
import { clearEvent } from "./formats/clear-event.ts";
import { isJsonParser } from "./formats/json/json-format.ts";
import { NOT_JSON, parseJsonLine } from "./formats/json/json-text.ts";
import { otlpLogs } from "./formats/otlp.ts";
import { DETECTABLE, formatById } from "./formats/table.ts";

/** Failing lines on which every format is tried. */
const MOST_SEARCHES = 1000;
/** Formats remembered beside the file's own. */
const MOST_REMEMBERED = 8;
/** Formats that know exactly their lines, then those that take many shapes; a header would have to come first. */
const BY_TRUST = [false, true].map((general) =>
  DETECTABLE.filter(
    (format) => (format.general === true) === general && !(general && format.stateful === true),
  ),
);

/** A line, or what is in it, and its JSON value, worked out once for all formats. */
interface Text {
  readonly text: string;
  readonly value: unknown;
}

function readAll(texts: readonly string[]): readonly Text[] {
  return [...new Set(texts)].map((text) => ({
    text,
    value: /^\s*[{[]/.test(text) ? parseJsonLine(text) : NOT_JSON,
  }));
}

/** @throws VedetteError FORMAT_UNKNOWN when the choice names a format that does not exist */
export function openFormat(choice: FormatChoice): LineParser {
  const parser = openLines(choice);
  return choice.format === otlpLogs.id ? withCarriedLines(parser, choice.options, openLines) : parser;
}

function openLines(choice: FormatChoice): LineParser {
  const { envelope, options } = choice;
  const own = formatNamed(choice.format);
  const parser = own.open(options);
  // A pattern or a mapping belongs to the file's own format only.
  const plain = { zoneMinutes: options.zoneMinutes, newest: options.newest };
  const opened = new Map<LogFormat, LineParser>();
  const remembered = choice.fallbacks.map(formatNamed).filter((format) => format !== own);
  let searches = 0;

  function parseAs(format: LogFormat, texts: readonly Text[], event: ApiEvent): LineResult {
    const other = opened.get(format) ?? format.open(plain);
    opened.set(format, other);
    for (const { text, value } of texts) {
      clearEvent(event);
      let result: LineResult = "failed";
      if (value === NOT_JSON) result = format.shape === "json" ? "failed" : other.parse(text, event);
      else if (isJsonParser(other)) result = other.parseValue(value, event);
      if (result !== "failed") return result;
    }
    return "failed";
  }

  function rescue(line: string, inner: string, event: ApiEvent): LineResult {
    const searching = searches < MOST_SEARCHES;
    if (searching) searches++;
    const known = readAll(inner === line ? [line] : [inner, line]);
    const texts = searching
      ? readAll([inner, ...guessEnvelopes([line]).map((guess) => unwrap(guess, line))])
      : [];
    for (const trusted of BY_TRUST) {
      for (const format of remembered) {
        if ((format.general === true) !== (trusted === BY_TRUST[1])) continue;
        const result = parseAs(format, known, event);
        if (result !== "failed") return result;
      }
      for (const format of searching ? trusted : []) {
        if (format === own || parseAs(format, texts, event) !== "event") continue;
        if (remembered.length < MOST_REMEMBERED && !remembered.includes(format)) remembered.push(format);
        return "event";
      }
    }
    return "failed";
  }

  return {
    parse(line, event) {
      const inner = envelope === "none" ? line : unwrap(envelope, line);
      let result = parser.parse(inner, event);
      if (result === "failed") result = inner.trim() === "" ? "ignored" : rescue(line, inner, event);
      if (result === "event" && envelope !== "none" && Number.isNaN(event.timestamp)) {
        fillFromEnvelope(envelope, line, event, options);
      }
      return result;
    },
  };
}

function formatNamed(id: string): LogFormat {
  const format = formatById(id);
  if (format === undefined)
    throw new VedetteError("FORMAT_UNKNOWN", `There is no format called "${id}".`, id);
  return format;
}
