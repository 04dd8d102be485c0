/**
 * Whether a shell's pattern (POSIX.1-2017, 2.13) names a path: `?` one character, `*` any but `/`, `[abc]` one of a
 * few, `[!abc]` none of them. Works in the product of both lengths.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let resume = 0;
  while (next < path.length) {
    const item = itemAt(pattern, at);
    if (item.star) {
      star = at;
      resume = next;
      at = item.end;
    } else if (at < pattern.length && item.takes(path.charAt(next))) {
      at = item.end;
      next++;
    } else if (star >= 0 && path.charAt(resume) !== "/") {
      at = star + 1;
      next = ++resume;
    } else return false;
  }
  while (pattern.charAt(at) === "*") at++;
  return at >= pattern.length;
}

interface Item {
  readonly end: number;
  readonly star: boolean;
  takes(character: string): boolean;
}

function itemAt(pattern: string, at: number): Item {
  const own = pattern.charAt(at);
  if (own === "*") return { end: at + 1, star: true, takes: () => false };
  if (own === "?") return { end: at + 1, star: false, takes: (character) => character !== "/" };
  const close = own === "[" ? pattern.indexOf("]", at + 2) : -1;
  if (close < 0) return { end: at + 1, star: false, takes: (character) => character === own };
  const negated = pattern.charAt(at + 1) === "!" || pattern.charAt(at + 1) === "^";
  const members = pattern.slice(at + (negated ? 2 : 1), close);
  return { end: close + 1, star: false, takes: (character) => isMember(members, character) !== negated };
}

/** `a-z` is a range. */
function isMember(members: string, character: string): boolean {
  for (let at = 0; at < members.length; at++) {
    const last = members.charAt(at + 2);
    if (members.charAt(at + 1) === "-" && last !== "") {
      if (character >= members.charAt(at) && character <= last) return true;
      at += 2;
    } else if (members.charAt(at) === character) return true;
  }
  return false;
}
