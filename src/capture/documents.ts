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
}

/** Levels on which keys matter: OTLP in an array needs eight. */
const KEYED_LEVELS = 9;
const DEEPEST = 512;
const LONGEST_KEY = 64;
const QUOTE = 34;
const BACKSLASH = 92;
const NEWLINE = 10;

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
    let wordFrom = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) {
        line++;
        lineStart = true;
        // A raw line end cannot stand in a string: the string was never closed.
        inString = false;
        escaped = false;
        continue;
      }
      const first = lineStart;
      lineStart = false;
      if (inString) {
        if (escaped) escaped = false;
        else if (code === BACKSLASH) escaped = true;
        else if (code === QUOTE) {
          inString = false;
          if (depth <= KEYED_LEVELS) word = addWord(text, wordFrom, at);
        }
        continue;
      }
      if (code === QUOTE) {
        inString = true;
        word = "";
        wordFrom = at + 1;
      } else if (code === 58) {
        if (depth <= KEYED_LEVELS) keys[depth] = word;
      } else if (code === 123 || code === 91) {
        if (first && spoiled && code === 123) restart();
        if (open(code === 91)) {
          from = at;
          held = "";
        }
      } else if ((code === 125 || code === 93) && depth > 0) {
        if (depth === kept) finish(text.slice(from, at + 1));
        close();
      }
      if (kept > 0 && !spoiled && held.length + at - from > MAX_LINE_BYTES) spoil();
    }
    if (inString && depth <= KEYED_LEVELS) word = addWord(text, wordFrom, text.length);
    if (kept > 0 && !spoiled) held += text.slice(from);
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
    const wasSpoiled = spoiled || whole.length > MAX_LINE_BYTES;
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
