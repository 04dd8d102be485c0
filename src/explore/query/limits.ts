/** What one query may take. Beyond these a query is refused before anything runs. */
export const QUERY_LIMITS = {
  /** UTF-16 code units of query text. */
  length: 16_384,
  /** Levels of expressions within expressions. */
  depth: 64,
  /** Names, literals and calls in the whole query. */
  terms: 2_000,
  /** Steps between pipes. */
  steps: 32,
  /** Values in one list. */
  list: 1_000,
  /** Columns of one step. */
  columns: 200,
  /** UTF-16 code units of one regular expression. */
  regexLength: 512,
  /** Instructions of one compiled regular expression. */
  regexProgram: 1_000,
  /** Regular expressions in one query. */
  regexes: 16,
  /** Characters of a text that is put together. */
  text: 65_536,
  /** Rows of an answer. */
  rows: 10_000,
} as const;
