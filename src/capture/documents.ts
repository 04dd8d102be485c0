/**
 * Cuts JSON that spans lines into records, as it arrives: values one after the other or pretty-printed, the
 * elements of a top-level array, and the records inside known wrappers: HAR `log.entries`, CloudTrail `Records`,
 * Azure `records`, OTLP `resourceSpans` and `resourceLogs`, whose every span or log record is given back in its
 * resource. Linear in the input, bounded in memory whatever comes.
 */
import { MAX_LINE_BYTES } from "./format.ts";
import { createOtlpGroups, type OnRecord } from "./formats/documents/otlp-groups.ts";
import { type Role, roleOf } from "./formats/documents/roles.ts";

export interface DocumentSummary {
  readonly records: number;
  /** Records passed over because they were too long or too deep. */
  readonly skipped: number;
  /** The input stopped inside a value. */
  readonly unfinished: boolean;
}

export interface DocumentSplitter {
  /** @param onRecord given the JSON text of each record and the line it starts on, counted from 1 */
  push(text: string, onRecord: OnRecord): void;
  end(): DocumentSummary;
  /** True inside a value: what comes next belongs to it. */
  readonly unfinished: boolean;
}

/** Levels on which keys matter: OTLP in an array needs eight. */
const KEYED_LEVELS = 9;
const DEEPEST = 512;
const LONGEST_KEY = 64;
const NEWLINE = 10;
const QUOTE = 34;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

export function createDocumentSplitter(): DocumentSplitter {
  const roles: Role[] = [];
  const keys: string[] = [];
  const otlp = createOtlpGroups();
  let deliver: OnRecord = () => {};
  let depth = 0;
  let line = 1;
  let records = 0;
  let skipped = 0;
  let inString = false;
  let escaped = false;
  let lineStart = true;
  /** The string that may turn out to be a key, while it is read. */
  let word = "";
  /** Depth of the container that is being kept as text; 0 when none is. */
  let kept = 0;
  let keptLine = 0;
  /** What of it came with earlier pieces. */
  let held = "";
  /** It grew too long or too deep: its end is awaited, its text is gone. */
  let spoiled = false;

  function push(text: string, onRecord: OnRecord): void {
    deliver = onRecord;
    let from = 0;
    let newline = endOfLine(text, 0);
    for (let at = 0; at < text.length; at++) {
      if (inString) {
        const stop = skipString(text, at, newline);
        if (depth <= KEYED_LEVELS) word = addWord(text, at, stop);
        at = stop;
        if (at >= text.length) break;
        // A raw line end cannot stand in a string: the string was never closed.
        inString = false;
        escaped = false;
        if (text.charCodeAt(at) === QUOTE) continue;
      }
      const code = text.charCodeAt(at);
      if (code === NEWLINE) {
        line++;
        newline = endOfLine(text, at + 1);
      } else if (code === QUOTE) {
        inString = true;
        word = "";
      } else if (code === COLON) {
        if (depth <= KEYED_LEVELS) keys[depth] = word;
      } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
        const first = at === 0 ? lineStart : text.charCodeAt(at - 1) === NEWLINE;
        if (first && spoiled && code === OPEN_OBJECT) restart();
        if (open(code === OPEN_ARRAY)) {
          from = at;
          held = "";
        }
      } else if ((code === CLOSE_OBJECT || code === CLOSE_ARRAY) && depth > 0) {
        if (depth === kept) finish(text.slice(from, at + 1));
        close();
      }
      if (kept > 0 && !spoiled && held.length + at - from > MAX_LINE_BYTES) spoil();
    }
    if (kept > 0 && !spoiled) held += text.slice(from);
    if (kept > 0 && !spoiled && held.length > MAX_LINE_BYTES) spoil();
    if (text.length > 0) lineStart = text.charCodeAt(text.length - 1) === NEWLINE;
  }

  /** Where the string goes no further: its closing quote, the end of the line, or the end of the text. */
  function skipString(text: string, at: number, newline: number): number {
    let from = escaped ? at + 1 : at;
    escaped = false;
    for (;;) {
      const quote = text.indexOf('"', from);
      const stop = quote < 0 || quote > newline ? newline : quote;
      const odd = isAfterOddBackslashes(text, stop, from);
      if (stop >= text.length) {
        escaped = odd;
        return text.length;
      }
      if (stop === newline || !odd) return stop;
      from = stop + 1;
    }
  }

  function addWord(text: string, from: number, to: number): string {
    return word.length + to - from > LONGEST_KEY ? "" : word + text.slice(from, to);
  }

  /** @returns true when the container that opened is to be kept from here on */
  function open(isArray: boolean): boolean {
    const parent = depth === 0 ? undefined : (roles[depth] ?? "inner");
    const role = depth < KEYED_LEVELS ? roleOf(parent, keys[depth] ?? "", isArray) : "inner";
    if (role === "resources") otlp.begin(keys[depth] ?? "");
    // A value that wraps records is none itself.
    if (role === "records" || role === "resources") {
      kept = 0;
      spoiled = false;
    }
    depth++;
    if (depth <= KEYED_LEVELS) {
      roles[depth] = role;
      keys[depth] = "";
    }
    if (depth > DEEPEST && kept > 0 && !spoiled) spoil();
    if (role !== "root" && role !== "record" && role !== "resource" && role !== "item") return false;
    kept = depth;
    keptLine = line;
    spoiled = false;
    return true;
  }

  function close(): void {
    if (roles[depth] === "group") otlp.end(emit);
    depth--;
  }

  /** The kept container ended with this text. */
  function finish(text: string): void {
    const whole = held + text;
    const role = roles[depth];
    if (!spoiled && whole.length > MAX_LINE_BYTES) spoil();
    const wasSpoiled = spoiled;
    kept = 0;
    held = "";
    spoiled = false;
    if (wasSpoiled) return;
    if (role === "resource") otlp.resource(whole);
    else if (role === "item") otlp.item(whole, keptLine, emit);
    else emit(whole, keptLine);
  }

  function emit(record: string, at: number): void {
    records++;
    deliver(record, at);
  }

  function spoil(): void {
    spoiled = true;
    skipped++;
    held = "";
  }

  /** An object at the start of a line, inside a record that is beyond all measure, begins anew. */
  function restart(): void {
    depth = 0;
    kept = 0;
    spoiled = false;
  }

  return {
    push,
    get unfinished() {
      return depth > 0 || inString;
    },
    end() {
      const unfinished = depth > 0;
      otlp.end(emit);
      restart();
      held = "";
      inString = false;
      return { records, skipped, unfinished };
    },
  };
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  return newline < 0 ? text.length : newline;
}

function isAfterOddBackslashes(text: string, at: number, from: number): boolean {
  let count = 0;
  while (at - count > from && text.charCodeAt(at - count - 1) === BACKSLASH) count++;
  return count % 2 === 1;
}
