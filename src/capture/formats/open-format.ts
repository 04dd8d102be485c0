/**
 * The parser of one file: its wrapping taken off, its format, and for lines that are not of it the others found
 * in the file. A line that none of them knows is tried with every format, a bounded number of times, and what
 * works is remembered: files do mix.
 */
import { VedetteError } from "../../errors.ts";
import type { ApiEvent } from "../../event.ts";
import { fillFromEnvelope, guessEnvelopes, unwrap } from "../envelope.ts";
import type { FormatChoice, LineParser, LineResult, LogFormat } from "../format.ts";
import { clearEvent } from "./clear-event.ts";
import { DETECTABLE, formatById } from "./table.ts";

/** Failing lines on which every format is tried. */
const MOST_SEARCHES = 1000;
/** Formats remembered beside the file's own. */
const MOST_REMEMBERED = 8;

/** @throws VedetteError FORMAT_UNKNOWN when the choice names a format that does not exist */
export function openFormat(choice: FormatChoice): LineParser {
  const { envelope, options } = choice;
  const own = formatNamed(choice.format);
  const parser = own.open(options);
  // A pattern or a mapping belongs to the file's own format only.
  const plain = { zoneMinutes: options.zoneMinutes, newest: options.newest };
  const opened = new Map<LogFormat, LineParser>();
  const remembered: LogFormat[] = choice.fallbacks.map(formatNamed).filter((format) => format !== own);
  let searches = 0;

  function parseAs(format: LogFormat, line: string, event: ApiEvent): LineResult {
    const other = opened.get(format) ?? format.open(plain);
    opened.set(format, other);
    clearEvent(event);
    return other.parse(line, event);
  }

  function rescue(line: string, inner: string, event: ApiEvent): LineResult {
    for (const format of remembered) {
      const result = parseAs(format, inner, event);
      if (result !== "failed") return result;
      if (inner !== line && parseAs(format, line, event) === "event") return "event";
    }
    if (searches >= MOST_SEARCHES) return "failed";
    searches++;
    const texts = [...new Set([inner, ...guessEnvelopes([line]).map((guess) => unwrap(guess, line))])];
    for (const format of DETECTABLE) {
      if (format === own || format.stateful === true || remembered.includes(format)) continue;
      if (!texts.some((text) => parseAs(format, text, event) === "event")) continue;
      if (remembered.length < MOST_REMEMBERED) remembered.push(format);
      return "event";
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
