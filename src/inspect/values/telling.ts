/**
 * Names that make a value worth a look which the gate alone would let pass: `cmd=id`, `page=http://x`, `next=//x`.
 * What such parameters normally hold (a path of this site, a page of a public one) still passes.
 */
import { roleOf } from "../context.ts";
import { BACKSLASH, COLON, DOTS, PATH_WORD, SLASH } from "../gate/shape.ts";
import { ASKING_NAMES } from "./telling-names.ts";

const ASKING: ReadonlySet<string> = new Set(ASKING_NAMES);
/** Shapes of a value that can be a path or a URL. */
const PATHLIKE = SLASH | BACKSLASH | COLON | DOTS;

/** Whether to ask `isTelling` at all: it costs two strings. */
export function mayTell(nameBits: number, valueBits: number): boolean {
  return (nameBits & PATH_WORD) !== 0 || (valueBits & PATHLIKE) !== 0;
}

export function isTelling(name: string, nameBits: number, value: string, valueBits: number): boolean {
  if ((nameBits & PATH_WORD) !== 0 && ASKING.has(name.toLowerCase())) return true;
  if ((valueBits & PATHLIKE) === 0) return false;
  const role = roleOf(name);
  if (role === "file") return FILE_LIKE.test(value);
  return (role === "url" || role === "redirect") && !NORMAL.test(value);
}

/** An absolute path, something with a scheme, something that climbs. */
const FILE_LIKE = /^(?:[/\\]|%2f|%5c|[a-z]{2,10}(?::|%3a)|[^/]{0,80}(?:\.\.|%2e%2e))/i;
/** A path of this site, or a URL of a named host with a top-level domain, also percent-encoded. */
const NORMAL =
  /^(?:https?(?::|%3a)(?:\/|%2f){2}(?:[a-z][a-z\d-]{0,62}\.){1,6}[a-z]{2,24}(?=[/?#:%]|$)(?!%40|@)|(?:\/|%2f)(?!\/|%2f|\\|%5c|%09))/i;
