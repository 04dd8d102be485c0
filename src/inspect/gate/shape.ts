/**
 * The shape of a value: one bit for each kind of character or word that some language gives a meaning to.
 * `survey` reads it in one pass; every detector says with the same bits what it needs to see before it looks.
 */
export const QUOTE = 1 << 0;
export const DQUOTE = 1 << 1;
export const BACKTICK = 1 << 2;
/** `<` where a browser would begin a tag, a comment or a processing instruction. */
export const TAG = 1 << 3;
export const PAREN = 1 << 4;
export const SEMI = 1 << 5;
export const PIPE = 1 << 6;
export const AMP = 1 << 7;
export const DOLLAR = 1 << 8;
export const BRACE = 1 << 9;
export const BRACKET = 1 << 10;
export const BACKSLASH = 1 << 11;
/** `= > * ~ ^`, a `<` that begins no tag, and a `!` that negates something. */
export const OPERATOR = 1 << 12;
export const HASH = 1 << 13;
export const SLASH = 1 << 14;
/** Two dots in a row. */
export const DOTS = 1 << 15;
export const COLON = 1 << 16;
/** Control characters other than tab, carriage return and line feed. */
export const CONTROL = 1 << 17;
export const LINE = 1 << 18;
/** A percent sign that is no valid escape, or an escape. */
export const PERCENT = 1 << 19;
export const HIGH = 1 << 20;
export const DASHES = 1 << 21;
/** Something a further decoding step would change: entities, backslash escapes, double percent, base64 text. */
export const ENCODED = 1 << 22;
export const SQL_WORD = 1 << 23;
/** A command name where a shell would run it: first in the value or after a separator. */
export const SHELL_WORD = 1 << 24;
export const CODE_WORD = 1 << 25;
export const FILE_WORD = 1 << 26;
/** `and`, `or`, `like` and other words that join SQL conditions: frequent in prose, so only telling with others. */
export const LOGIC_WORD = 1 << 27;
/** Scanner names, internal hosts, odd URL schemes, hosts written as numbers. */
export const MARK = 1 << 28;
/** Words that only tell something in a request path: `.git`, `phpmyadmin`, `bak`. */
export const PATH_WORD = 1 << 29;

/** A name directly before an opening parenthesis. */
export const CALL = 1 << 30;

/**
 * A word of everyday language that code uses too. `survey` turns it into CODE_WORD and SQL_WORD when the value also
 * has characters that code is written with. The sign bit, which bitwise operators take like any other.
 */
export const COMMON_WORD = 1 << 31;

export const QUOTES = QUOTE | DQUOTE | BACKTICK;
