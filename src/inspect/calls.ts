/** Calls in any language of the C family: a name, perhaps white space or a comment, and a parenthesis. */
export interface Call {
  /** Lower case, with `.`, `->`, `::` as they stand: "os.system", "kernel::exec". */
  readonly name: string;
  readonly start: number;
  /** After the parenthesis. */
  readonly open: number;
}

const MOST = 64;
const LONGEST = 80;

export function* readCalls(lower: string): Generator<Call> {
  let at = lower.indexOf("(");
  for (let seen = 0; at >= 0 && seen < MOST; seen++, at = lower.indexOf("(", at + 1)) {
    const end = nameEnd(lower, at);
    let start = end;
    while (start > 0 && end - start < LONGEST && isNamePart(lower.charCodeAt(start - 1))) start--;
    if (start < end) yield { name: lower.slice(start, end), start, open: at + 1 };
  }
}

/** Back over white space and one comment. */
function nameEnd(lower: string, paren: number): number {
  let at = paren;
  while (at > 0 && lower.charCodeAt(at - 1) <= 32 && paren - at < 40) at--;
  if (lower.charCodeAt(at - 1) !== 47 || lower.charCodeAt(at - 2) !== 42)
    return lineCommentStart(lower, at, paren);
  const open = lower.lastIndexOf("/*", at - 2);
  if (open < 0 || paren - open > 200) return at;
  at = open;
  while (at > 0 && lower.charCodeAt(at - 1) <= 32 && paren - at < 240) at--;
  return at;
}

const LINE_COMMENT = /^[\s]{0,8}(?:\/\/|#)[^\n]{0,40}\n\s{0,20}$/;

/** Back over `// …` or `# …` and the end of its line, between a name and its parenthesis. */
function lineCommentStart(lower: string, at: number, paren: number): number {
  if (lower.lastIndexOf("\n", paren) < at) return at;
  for (const opening of ["//", "#"]) {
    let open = lower.lastIndexOf(opening, at);
    if (open <= 0 || paren - open > 60 || !LINE_COMMENT.test(lower.slice(open, paren))) continue;
    while (open > 0 && lower.charCodeAt(open - 1) <= 32 && paren - open < 80) open--;
    return open;
  }
  return at;
}

/** Letters, digits, `_`, `$`, and what joins names: `.`, `:`, `>` of an arrow, `-` before it, a backslash of a namespace. */
function isNamePart(code: number): boolean {
  if ((code >= 48 && code <= 58) || (code >= 97 && code <= 122)) return true;
  return code === 95 || code === 36 || code === 46 || code === 92 || code === 62 || code === 45;
}

/** `system` of `kernel::system`, `$this->system`, `os.system`. */
export function lastName(name: string): string {
  const parts = name.split(/[.:>\\-]/);
  return parts[parts.length - 1] ?? "";
}

const CLOSE = 41;
const GOES_ON =
  /^(?:in\s{0,4}\(|(?:and|or|xor|union|order|group|having|where|from|into|limit|as|div|mod|like|rlike|regexp|is|not|between|else|end|then|when|for|procedure|collate|returning)\b)/;

/**
 * True when a call's closing parenthesis is followed by an everyday word: `sleep(8) eye mask`. No language goes on
 * like that; a person does.
 * @param open the place of the opening parenthesis; its arguments hold no further one
 */
export function isFollowedByWords(lower: string, open: number): boolean {
  const close = lower.indexOf(")", open);
  if (close < 0 || lower.charCodeAt(close + 1) === CLOSE) return false;
  const rest = lower.slice(close + 1, close + 60).replace(/^[\s+]+/, "");
  return rest.length < lower.length - close - 1 && /^[a-z]{2,}(?:[\s+]|$)/.test(rest) && !GOES_ON.test(rest);
}

const NAMED =
  /^[a-z]{4,12}(?: \([\w ]{1,30}\)(?:\.[a-z]\w{1,5}|\s[\w ]{1,60})?|\([\w ]{1,12}\)(?:\.[a-z]\w{1,4}|\s{1,4}[a-z]{3,20}(?:\s[\w ]{1,60})?))$/i;

/**
 * Whether a whole value is the name of a thing rather than a call: "alert (3)", "confirm(1).doc", "System (v2) manual".
 * A number or words stand in brackets behind one space, or what follows the brackets makes a name of it.
 */
export function isNamed(text: string): boolean {
  return NAMED.test(text);
}
