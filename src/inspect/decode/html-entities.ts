/**
 * HTML character references as a browser reads them (HTML Living Standard, 13.2.5.72): named ones that stand for
 * characters with a meaning in markup or code, decimal and hexadecimal ones, with or without the semicolon.
 */
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: "&",
    apos: "'",
    ast: "*",
    bsol: "\\",
    colon: ":",
    comma: ",",
    commat: "@",
    dollar: "$",
    equals: "=",
    excl: "!",
    grave: "`",
    gt: ">",
    hat: "^",
    lbrace: "{",
    lbrack: "[",
    lcub: "{",
    lowbar: "_",
    lpar: "(",
    lsqb: "[",
    lt: "<",
    nbsp: "\u00a0",
    newline: "\n",
    num: "#",
    percnt: "%",
    period: ".",
    plus: "+",
    quest: "?",
    quot: '"',
    rbrace: "}",
    rbrack: "]",
    rcub: "}",
    rpar: ")",
    rsqb: "]",
    semi: ";",
    sol: "/",
    tab: "\t",
    verbar: "|",
    vert: "|",
  }),
);
/** Browsers take these without a semicolon too. */
const BARE = new Set(["amp", "lt", "gt", "quot", "nbsp"]);
const LONGEST_NAME = 7;
/** Leading zeros are legal and used to outrun filters; more than this is nonsense. */
const MOST_DIGITS = 16;

const HASH = 35;
const SEMI = 59;

/** @returns the decoded text, or `undefined` when there is nothing to decode */
export function decodeHtmlEntities(text: string): string | undefined {
  let at = text.indexOf("&");
  let out = "";
  let copied = 0;
  while (at >= 0) {
    const found = text.charCodeAt(at + 1) === HASH ? readNumeric(text, at) : readNamed(text, at);
    if (found !== undefined) {
      out += text.slice(copied, at) + found.text;
      copied = found.end;
    }
    at = text.indexOf("&", found?.end ?? at + 1);
  }
  return copied === 0 ? undefined : out + text.slice(copied);
}

interface Reference {
  readonly text: string;
  readonly end: number;
}

function readNumeric(text: string, at: number): Reference | undefined {
  const hex = (text.charCodeAt(at + 2) | 0x20) === 0x78;
  const from = at + (hex ? 3 : 2);
  let end = from;
  let value = 0;
  while (end < text.length && end - from < MOST_DIGITS) {
    const digit = digitValue(text.charCodeAt(end));
    if (digit >= (hex ? 16 : 10)) break;
    value = Math.min(value * (hex ? 16 : 10) + digit, 0x110000);
    end++;
  }
  if (end === from || value > 0x10ffff) return undefined;
  return { text: String.fromCodePoint(value), end: text.charCodeAt(end) === SEMI ? end + 1 : end };
}

function digitValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 0x20;
  return lower >= 97 && lower <= 102 ? lower - 87 : 99;
}

function readNamed(text: string, at: number): Reference | undefined {
  let end = at + 1;
  while (end - at <= LONGEST_NAME && isLetter(text.charCodeAt(end))) end++;
  const name = text.slice(at + 1, end).toLowerCase();
  const character = NAMED.get(name);
  if (text.charCodeAt(end) === SEMI) {
    return character === undefined ? undefined : { text: character, end: end + 1 };
  }
  for (const bare of BARE) {
    if (name.startsWith(bare)) return { text: NAMED.get(bare) ?? "", end: at + 1 + bare.length };
  }
  return undefined;
}

function isLetter(code: number): boolean {
  return (code | 0x20) >= 97 && (code | 0x20) <= 122;
}
