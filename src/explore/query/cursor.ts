/** Where the parser stands among the tokens, and the count of what it has read. */
import { QueryError, type QueryErrorCode, type TextRange } from "./error.ts";
import { type Token, tokenize } from "./lexer.ts";
import { QUERY_LIMITS } from "./limits.ts";

export class Cursor {
  readonly text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  #terms = 0;

  constructor(text: string) {
    this.text = text;
    this.#tokens = tokenize(text);
  }

  get token(): Token {
    return this.ahead(0);
  }

  /** The last token is the end, however far ahead one looks. */
  ahead(count: number): Token {
    const token = this.#tokens[Math.min(this.#at + count, this.#tokens.length - 1)];
    return token ?? { kind: "end", range: { start: this.text.length, end: this.text.length } };
  }

  /** The range of the token read last. */
  get before(): TextRange {
    return this.#tokens[Math.max(0, this.#at - 1)]?.range ?? { start: 0, end: 0 };
  }

  next(): Token {
    const token = this.token;
    if (token.kind !== "end") this.#at++;
    return token;
  }

  isSymbol(symbol: string, count = 0): boolean {
    const token = this.ahead(count);
    return token.kind === "symbol" && token.text === symbol;
  }

  isWord(word: string, count = 0): boolean {
    const token = this.ahead(count);
    return token.kind === "name" && token.text.toLowerCase() === word;
  }

  /** Two tokens with nothing between them. */
  isAdjacent(count: number): boolean {
    return this.ahead(count).range.end === this.ahead(count + 1).range.start;
  }

  takeSymbol(symbol: string): boolean {
    const found = this.isSymbol(symbol);
    if (found) this.next();
    return found;
  }

  takeWord(word: string): boolean {
    const found = this.isWord(word);
    if (found) this.next();
    return found;
  }

  expectSymbol(symbol: string, why: string): void {
    if (!this.takeSymbol(symbol)) this.unexpected(`${symbol} ${why}`);
  }

  /** Reads one level deeper, within the limit on depth. */
  within<T>(read: () => T): T {
    this.#depth++;
    if (this.#depth > QUERY_LIMITS.depth) {
      this.fail(
        "QUERY_LIMIT",
        `Expressions nest more than ${QUERY_LIMITS.depth} levels deep.`,
        this.token.range,
      );
    }
    const result = read();
    this.#depth--;
    return result;
  }

  /** Counts a name, a literal or a call. */
  countTerm(): void {
    this.#terms++;
    if (this.#terms > QUERY_LIMITS.terms) {
      this.fail("QUERY_LIMIT", `The query has more than ${QUERY_LIMITS.terms} terms.`, this.token.range);
    }
  }

  unexpected(wanted: string): never {
    const { token } = this;
    const found =
      token.kind === "end"
        ? "the query ends"
        : `found ${this.text.slice(token.range.start, token.range.end)}`;
    return this.fail("QUERY_SYNTAX", `Expected ${wanted}, but ${found.slice(0, 60)}.`, token.range);
  }

  fail(code: QueryErrorCode, message: string, range: TextRange): never {
    throw new QueryError(code, message, range, this.text);
  }
}
