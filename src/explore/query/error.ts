/** What is wrong with a query, and where: the catalogue's error with a range of characters. */
import { type ErrorCode, VedetteError } from "../../errors.ts";

/** Positions in the query text, in UTF-16 code units; `end` is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export type QueryErrorCode = Extract<ErrorCode, `QUERY_${string}`>;

export class QueryError extends VedetteError {
  override readonly code: QueryErrorCode;
  readonly range: TextRange;

  constructor(code: QueryErrorCode, message: string, range: TextRange, text = "") {
    super(code, message, text.slice(range.start, Math.min(range.end, range.start + 100)));
    this.code = code;
    this.range = range;
  }
}

/** The range from the start of one thing to the end of another. */
export function span(from: TextRange, to: TextRange): TextRange {
  return { start: from.start, end: to.end };
}

/**
 * The line of the query that an error is on, with a mark under its range, for a terminal.
 * @returns two lines of text
 */
export function pointAt(text: string, range: TextRange): string {
  const start = text.lastIndexOf("\n", range.start - 1) + 1;
  const newline = text.indexOf("\n", range.start);
  const line = text.slice(start, newline === -1 ? text.length : newline);
  const column = range.start - start;
  const width = Math.max(1, Math.min(range.end, start + line.length) - range.start);
  return `${line}\n${" ".repeat(column)}${"^".repeat(width)}`;
}
