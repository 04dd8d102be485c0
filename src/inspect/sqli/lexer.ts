/**
 * SQL tokens as MySQL, PostgreSQL, SQL Server, Oracle and SQLite together would read them, produced as they are
 * asked for: most readings stop making sense after a few.
 */

export type Kind =
  | "number"
  | "string"
  /** A string that the text does not close: the application's own quote will. */
  | "open"
  | "word"
  | "variable"
  | "operator"
  | "compare"
  | "logic"
  | "("
  | ")"
  | ","
  | ";"
  | "["
  | "]"
  /** A comment that cuts off the rest. */
  | "comment"
  | "other"
  | "end";

export interface Token {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  /** Lower case; a qualified name is one word. Text of operators; empty for others. */
  readonly word: string;
}

export interface Lexer {
  token(index: number): Token;
  /** How many block comments stood between tokens so far. */
  readonly inlineComments: () => number;
}

/** A statement longer than this has shown what it is. */
const MOST_TOKENS = 1_200;

const END: Token = { kind: "end", start: 0, end: 0, word: "" };
const COMPARE = new Set([
  "=",
  "==",
  "<",
  ">",
  "<=",
  ">=",
  "<>",
  "!=",
  "<=>",
  "!<",
  "!>",
  "~*",
  "!~",
  "^=",
  "@>",
  "<@",
  "~",
  "!~*",
  "~~",
]);
const SYMBOLS = "=<>!|&+-*/%^~@?:";

export function createLexer(text: string, lower: string, from: number): Lexer {
  const tokens: Token[] = [];
  let at = from;
  let comments = 0;
  let done = false;

  const read = (): Token => {
    for (;;) {
      at = skipSpace(text, at);
      if (at >= text.length || tokens.length >= MOST_TOKENS) return { ...END, start: at, end: at };
      const skipped = skipComment(text, at);
      if (skipped === undefined) break;
      if (skipped.cuts) {
        const start = at;
        at = text.length;
        return { kind: "comment", start, end: skipped.end, word: "" };
      }
      comments++;
      at = skipped.end;
    }
    const token = readToken(text, lower, at);
    at = token.end;
    return token;
  };

  return {
    token(index) {
      while (tokens.length <= index && !done) {
        const token = read();
        tokens.push(token);
        done = token.kind === "end" || token.kind === "comment";
      }
      return tokens[index] ?? { ...END, start: text.length, end: text.length };
    },
    inlineComments: () => comments,
  };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code > 32 && code !== 0xa0 && code !== 0x3000 && code !== 0xfeff) break;
    at++;
  }
  return at;
}

interface Skipped {
  readonly end: number;
  /** Nothing after it is read. */
  readonly cuts: boolean;
}

function skipComment(text: string, at: number): Skipped | undefined {
  const code = text.charCodeAt(at);
  if ((code === 35 && !isJsonOperator(text, at)) || (code === 45 && text.charCodeAt(at + 1) === 45)) {
    const line = text.indexOf("\n", at);
    const rest = line < 0 ? text.length : line + 1;
    return { end: rest, cuts: skipSpace(text, rest) >= text.length };
  }
  if (code === 42 && text.charCodeAt(at + 1) === 47) return { end: at + 2, cuts: false };
  if (code !== 47 || text.charCodeAt(at + 1) !== 42) return undefined;
  if (text.charCodeAt(at + 2) === 33) {
    // `/*!50000 … */`: MySQL runs what is inside.
    let end = at + 3;
    while (isDigit(text.charCodeAt(end))) end++;
    return { end, cuts: false };
  }
  const close = text.indexOf("*/", at + 2);
  return close < 0 ? { end: text.length, cuts: true } : { end: close + 2, cuts: false };
}

/** PostgreSQL's `#>`, `#>>` and `#-` take a path in quotes; elsewhere `#` begins a comment. */
const JSON_PATH = /#(?:>>?|-)\s{0,8}(?:\/\*[^*]{0,80}\*\/\s{0,8})?'\{/y;
/** `@>`, `@?`, `@@` before a string. */
const CONTAINS = /@[>?@]\s{0,8}'/y;

function isJsonOperator(text: string, at: number): boolean {
  const pattern = text.charCodeAt(at) === 35 ? JSON_PATH : CONTAINS;
  pattern.lastIndex = at;
  return pattern.test(text);
}

function readToken(text: string, lower: string, at: number): Token {
  const code = text.charCodeAt(at);
  if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) return readNumber(text, at);
  if (isWordStart(code)) return readWord(text, lower, at);
  if (code === 39 || code === 34) return readString(text, at, code);
  if (code === 96) return readQuotedName(text, lower, at, "`");
  if (code === 35) {
    const length = text.startsWith("#>>", at) ? 3 : 2;
    return { kind: "operator", start: at, end: at + length, word: text.slice(at, at + length) };
  }
  if (code === 64 && isJsonOperator(text, at)) {
    return { kind: "compare", start: at, end: at + 2, word: text.slice(at, at + 2) };
  }
  if (code === 63 && (text.charCodeAt(at + 1) === 124 || text.charCodeAt(at + 1) === 38)) {
    return { kind: "compare", start: at, end: at + 2, word: text.slice(at, at + 2) };
  }
  if (code === 64) return readVariable(text, lower, at);
  if (code === 91) return readBracket(text, lower, at);
  const character = text.charAt(at);
  if (code === 40 || code === 123) return { kind: "(", start: at, end: at + 1, word: character };
  if (code === 41 || code === 125) return { kind: ")", start: at, end: at + 1, word: character };
  if (code === 44 || code === 59 || code === 93) {
    return { kind: code === 44 ? "," : code === 59 ? ";" : "]", start: at, end: at + 1, word: "" };
  }
  if (code === 92 && text.charAt(at + 1) === "N")
    return { kind: "word", start: at, end: at + 2, word: "null" };
  if (SYMBOLS.includes(character)) return readSymbol(text, at);
  return { kind: "other", start: at, end: at + 1, word: character };
}

function readNumber(text: string, at: number): Token {
  let end = at;
  const second = text.charCodeAt(at + 1) | 0x20;
  if (text.charCodeAt(at) === 48 && (second === 120 || second === 98) && isHex(text.charCodeAt(at + 2))) {
    end = at + 2;
    while (isHex(text.charCodeAt(end))) end++;
    return { kind: "number", start: at, end, word: "" };
  }
  while (isDigit(text.charCodeAt(end))) end++;
  if (text.charCodeAt(end) === 46) {
    end++;
    while (isDigit(text.charCodeAt(end))) end++;
  }
  if ((text.charCodeAt(end) | 0x20) === 101) {
    let exponent = end + 1;
    if (text.charCodeAt(exponent) === 43 || text.charCodeAt(exponent) === 45) exponent++;
    if (isDigit(text.charCodeAt(exponent))) {
      while (isDigit(text.charCodeAt(exponent))) exponent++;
      end = exponent;
    }
  }
  return { kind: "number", start: at, end, word: "" };
}

function readWord(text: string, lower: string, at: number): Token {
  let end = at + 1;
  while (isWordPart(text.charCodeAt(end))) end++;
  const quote = text.charCodeAt(end);
  // Typed literals: n'…', x'41', b'01', e'\n', _utf8'…'.
  if (quote === 39 && (end - at === 1 || text.charCodeAt(at) === 95)) {
    return { ...readString(text, end, quote), start: at };
  }
  // A name may be qualified: schema.table.column, with quoted or empty parts.
  while (
    text.charCodeAt(end) === 46 &&
    (isWordStart(text.charCodeAt(end + 1)) ||
      text.charCodeAt(end + 1) === 46 ||
      text.charCodeAt(end + 1) === 42)
  ) {
    end += 2;
    while (isWordPart(text.charCodeAt(end))) end++;
  }
  return { kind: "word", start: at, end, word: lower.slice(at, end) };
}

function readString(text: string, at: number, quote: number): Token {
  let end = at + 1;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === 92) end++;
    else if (code === quote) {
      if (text.charCodeAt(end + 1) !== quote) return { kind: "string", start: at, end: end + 1, word: "" };
      end++;
    }
    end++;
  }
  return { kind: "open", start: at, end: text.length, word: "" };
}

function readQuotedName(text: string, lower: string, at: number, quote: string): Token {
  const close = text.indexOf(quote, at + 1);
  if (close < 0) return { kind: "open", start: at, end: text.length, word: "" };
  return { kind: "word", start: at, end: close + 1, word: lower.slice(at + 1, close) };
}

function readVariable(text: string, lower: string, at: number): Token {
  let end = at;
  while (text.charCodeAt(end) === 64) end++;
  while (isWordPart(text.charCodeAt(end)) || text.charCodeAt(end) === 46) end++;
  return { kind: "variable", start: at, end, word: lower.slice(at, end) };
}

/** SQL Server quotes names with brackets; PostgreSQL subscripts with them. */
function readBracket(text: string, lower: string, at: number): Token {
  let end = at + 1;
  while (isWordPart(text.charCodeAt(end)) || text.charCodeAt(end) === 32) end++;
  if (text.charCodeAt(end) === 93 && !isDigit(text.charCodeAt(at + 1)) && end > at + 1) {
    return { kind: "word", start: at, end: end + 1, word: lower.slice(at + 1, end) };
  }
  return { kind: "[", start: at, end: at + 1, word: "" };
}

function readSymbol(text: string, at: number): Token {
  let length = 1;
  for (let size = 3; size > 1; size--) {
    const symbol = text.slice(at, at + size);
    if (
      symbol.length === size &&
      (COMPARE.has(symbol) ||
        symbol === "||" ||
        symbol === "&&" ||
        symbol === "::" ||
        symbol === "<<" ||
        symbol === ">>" ||
        symbol === ":=" ||
        symbol === "->" ||
        symbol === "->>")
    ) {
      length = size;
      break;
    }
  }
  const word = text.slice(at, at + length);
  const end = at + length;
  if (COMPARE.has(word) && word !== "~") return { kind: "compare", start: at, end, word };
  if (word === "||" || word === "&&") return { kind: "logic", start: at, end, word };
  return { kind: "operator", start: at, end, word };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isHex(code: number): boolean {
  return isDigit(code) || ((code | 0x20) >= 97 && (code | 0x20) <= 102);
}

function isWordStart(code: number): boolean {
  return (
    ((code | 0x20) >= 97 && (code | 0x20) <= 122) ||
    code === 95 ||
    (code > 0xa0 && code < 0x2000) ||
    code > 0x2fff
  );
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code) || code === 36;
}
