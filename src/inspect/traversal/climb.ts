/** The climbing part of a path. `..` counts with any separator; so do spellings that become `..` after one filter. */
export interface Climb {
  /** `..` segments. */
  readonly ups: number;
  /** How far above where it began the path gets. */
  readonly above: number;
  /** `....//`, `..;/`, `..%00/`, dots split by something a filter removes. */
  readonly tricked: boolean;
  readonly start: number;
  readonly end: number;
  /** What follows the last `..`. */
  readonly rest: string;
}

const DOT = 46;
/** Dots and separators spelt in hexadecimal, runs of dots after a separator, `/./././`, a scanner's unfilled template. */
const HIDDEN =
  /(?:0x(?:2e|2f|5c)){2}|\.\.0x(?:2f|5c)|[/\\]\.{4,}(?:[/\\{]|\w|$)|(?:[/\\]\.){5,}|[/\\.]\{file\}|^[/\\][\w.%-]{1,16}\{file\}$/i;

/** Climbing that no segment shows. */
export function hiddenClimb(text: string): Climb | undefined {
  const found = HIDDEN.exec(text);
  const start = found?.index ?? brokenSeparator(text);
  if (start < 0) return undefined;
  const end = Math.min(text.length, start + (found?.[0].length ?? 2) + 40);
  return { ups: 1, above: 1, tricked: true, start, end, rest: text.slice(end) };
}

const LONGEST_SEPARATOR = 24;
const BROKEN_ESCAPE = /%(?![0-9a-f]{2})/i;

/**
 * `..%bg%qf..%bg%qf`: dots again and again with the same escapes between them that are none, of which a lenient reader
 * makes a separator. @returns where they begin, or -1
 */
function brokenSeparator(text: string): number {
  for (let at = text.indexOf("..%"); at >= 0; at = text.indexOf("..%", at + 3)) {
    const next = text.indexOf("..", at + 3);
    if (next < 0) return -1;
    if (next - at > LONGEST_SEPARATOR) continue;
    const separator = text.slice(at + 2, next);
    if (BROKEN_ESCAPE.test(separator) && text.startsWith(separator, next + 2)) return at;
  }
  return -1;
}

export function climb(text: string): Climb | undefined {
  let ups = 0;
  let depth = 0;
  let above = 0;
  let tricked = false;
  let first = -1;
  let last = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && !isSeparator(text, at)) continue;
    const kind = segmentKind(text, from, at);
    if (kind === "up" || kind === "tricked") {
      if (first < 0) first = from;
      last = at;
      ups++;
      depth--;
      above = Math.max(above, -depth);
      if (kind === "tricked") tricked = true;
    } else if (kind === "name") depth++;
    from = at + 1;
  }
  if (ups === 0) return undefined;
  return {
    ups,
    above,
    tricked,
    start: first,
    end: Math.min(text.length, last + 40),
    rest: text.slice(last + 1, last + 200),
  };
}

function isSeparator(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 47 || code === 92 || code === 0x2215 || code === 0x2216 || code === 0xff0f;
}

function segmentKind(text: string, from: number, to: number): "up" | "tricked" | "name" | "none" {
  const length = to - from;
  if (length === 0) return "none";
  if (text.charCodeAt(to - 1) !== DOT && !TRAILS.has(text.charAt(to - 1))) return "name";
  if (length === 1) return text.charCodeAt(from) === DOT ? "none" : "name";
  // What stands before the dots may be the end of a parameter: "file=..".
  let dots = 0;
  let end = to;
  while (end > from && TRAILS.has(text.charAt(end - 1)) && to - end < 2) end--;
  while (end - dots > from && text.charCodeAt(end - 1 - dots) === DOT) dots++;
  if (dots < 2) return "name";
  const before = end - dots - 1;
  if (before >= from && !STARTS.test(text.charAt(before))) return "name";
  // An ellipsis of three dots is no way up on any current system; four are two after one removal.
  if (dots === 3) return to < text.length && end === to ? "tricked" : "name";
  if (dots > 4 || (dots === 4 && to >= text.length)) return "name";
  return dots === 2 && end === to ? (to < text.length || length === 2 ? "up" : "name") : "tricked";
}

/** Characters after the dots that some server or filter drops: path parameters, NUL, spaces, overlong leftovers. */
const TRAILS = new Set([";", "\0", " ", "?", "\u00c0", "\u00c1", ":", "*"]);
const STARTS = /[\s=:"'(,<>{[|&;\0-]/;
