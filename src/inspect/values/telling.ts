/** Names that make a value worth a look which the gate alone would let pass: `cmd=id`, `url=localhost/x`, `author=1`. */
import { roleOf } from "../context.ts";
import { BACKSLASH, COLON, DOTS, SLASH } from "../gate/shape.ts";
import { wordSet } from "../lexicon.ts";

/** Whatever the value of these is, it is meant to run, or to count users. */
const ASKING = wordSet("cmd command exec execute shell run system cmdline author ping");

export function isTelling(name: string, valueBits: number): boolean {
  if (ASKING.has(name.toLowerCase())) return true;
  if ((valueBits & (SLASH | BACKSLASH | COLON | DOTS)) === 0) return false;
  const role = roleOf(name);
  return role === "url" || role === "redirect" || role === "file";
}
