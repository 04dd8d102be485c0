/** Files that attacks read, as they stand in a path: looked up by their first word, so that a text is read once. */
import { FILES, PROC, PROC_WORDS } from "./catalogue.ts";

export interface Target {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const PROC_ENTRIES: ReadonlySet<string> = new Set(PROC);
const PROC_ROOT_ENTRIES: ReadonlySet<string> = new Set(PROC_WORDS);

/** The first word of a name: ".ssh" of ".ssh/id_rsa", "boot" of "boot.ini". */
const FIRST = /\.?[\w-]+/y;

const BY_FIRST: ReadonlyMap<string, readonly string[]> = (() => {
  const map = new Map<string, string[]>();
  for (const name of FILES) {
    FIRST.lastIndex = 0;
    const first = FIRST.exec(name)?.[0] ?? name;
    const known = map.get(first);
    if (known === undefined) map.set(first, [name]);
    else known.push(name);
  }
  return map;
})();

const DOCUMENT = /^\.(?:md|mdx|rst|adoc|html?|tsx?|jsx?|py|go|java|rb|cs|vue|svelte)(?![\w.])/;
const SESSION = "sess_";

/** The most telling secret file that a path (lower case) names as a whole part of itself. */
export function secretFileIn(lower: string): Target | undefined {
  const path = lower.includes("\\") ? lower.replaceAll("\\", "/") : lower;
  const found = namedIn(path);
  if (found !== undefined || !DOUBLED.test(path)) return found;
  // A file system reads any number of separators as one.
  const single = namedIn(path.replace(SEPARATORS, "/"));
  return single === undefined ? undefined : { name: single.name, start: 0, end: path.length };
}

const DOUBLED = /\w\/{2}\w/;
const SEPARATORS = /\/{2,}/g;

function namedIn(path: string): Target | undefined {
  let best: Target | undefined;
  let at = 0;
  while (at < path.length) {
    const dot = path.charCodeAt(at) === DOT && isWord(path.charCodeAt(at + 1));
    if (!dot && !isWord(path.charCodeAt(at))) {
      at++;
      continue;
    }
    let end = at + 1;
    while (end < path.length && isWord(path.charCodeAt(end))) end++;
    // A dotfile stands after a separator: "file extension .env" names none.
    const hidden = dot && (at === 0 || BEFORE_HIDDEN.has(path.charAt(at - 1)));
    const name = (hidden ? longestAt(path, at, end) : undefined) ?? longestAt(path, dot ? at + 1 : at, end);
    if (name !== undefined && name.length > (best?.name.length ?? 0)) {
      const start = hidden && name.startsWith(".") ? at : dot ? at + 1 : at;
      best = { name, start, end: start + name.length };
    }
    at = end;
  }
  return best;
}

const DOT = 46;
const SLASH = 47;
const BEFORE_HIDDEN = new Set(["/", "=", ":", '"', "'"]);

/** Letters, digits, `_` and `-`. */
function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95 || code === 45;
}

/** The longest catalogued name that stands at `at`, where a word of the path ends at `end`. */
function longestAt(path: string, at: number, end: number): string | undefined {
  if (end - at > LONGEST_WORD) return undefined;
  const first = path.slice(at, end);
  if (first.startsWith(SESSION)) return SESSION;
  if (first === "proc" && path.charCodeAt(end) === SLASH) return procAt(path, at, end + 1);
  let longest: string | undefined;
  for (const name of BY_FIRST.get(first) ?? []) {
    if (name.length > (longest?.length ?? 0) && path.startsWith(name, at) && isWhole(path, at, name))
      longest = name;
  }
  return longest;
}

const LONGEST_WORD = 64;

function isWhole(path: string, at: number, name: string): boolean {
  if (/[/_-]$/.test(name)) return true;
  const end = at + name.length;
  const after = path.charCodeAt(end);
  // `etc/passwd.md` is a page about it.
  if (after === DOT && DOCUMENT.test(path.slice(end, end + 8))) return false;
  return !((after >= 97 && after <= 122) || after === 95);
}

const ENTRY = /[\w.-]{1,24}/y;

/** `proc/self/environ`, `proc/1/maps`, `proc/interrupts`; its words only where the path begins: `/proc/stat`. */
function procAt(path: string, at: number, from: number): string | undefined {
  ENTRY.lastIndex = from;
  const entry = ENTRY.exec(path)?.[0] ?? "";
  const root = at < 2 || !isWord(path.charCodeAt(at - 2));
  if (!PROC_ENTRIES.has(entry) && !(root && (PROC_ROOT_ENTRIES.has(entry) || /^\d{1,7}$/.test(entry))))
    return undefined;
  const rest = path.slice(from + entry.length, from + entry.length + 24);
  return `proc/${entry}${/^\/[\w/.-]+/.exec(rest)?.[0] ?? ""}`;
}

/** Directories of a Unix system that no application file stands under. */
export const SYSTEM_DIRECTORY = /^(?:file:\/{0,3})?\/(?:etc|proc|sys|root|boot|dev)\/[\w.*?[\]@{}-]/;
