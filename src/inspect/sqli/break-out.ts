/**
 * Values that end something they did not begin: a string, a bracket, an expression. What stands after the end says
 * in which language; before it stands next to nothing. For texts of a line, in lower case.
 */
import type { Form } from "./short.ts";

/** "O' Union selected a few friends": words go on where a statement would not. */
const WORD =
  "(?!(?:from|into|select|where|set|table|database|by|on|values|all|distinct|limit|null|and|or|as|user|view|index)\\b)[a-z]{1,20}";
const NO_SENTENCE = `(?!\\s{1,4}${WORD}\\s{1,4}${WORD}(?:\\s|$))`;

const STATEMENT =
  "(?:union|alter|create|drop|delete|insert|select|truncate|update|exec|execute|merge|declare|grant|having|procedure|handler|group\\s{1,4}by|order\\s{1,4}by|limit|into|rename|intersect|except|minus)";

export const BREAK_OUTS: readonly Form[] = [
  {
    rule: "sqli/break-out",
    score: 0.55,
    reason: "The value closes a string, and a statement or a clause of SQL begins.",
    pattern: new RegExp(
      `^(?![odl]'[a-z]{4,20}$)[\\w.-]{0,12}'[\\s);]{0,8}\\b${STATEMENT}${NO_SENTENCE}(?:[\\s(/]|$)`,
    ),
    unpaired: "'",
  },
  {
    rule: "sqli/break-out",
    score: 0.55,
    reason: "The value closes a string, and a statement or a clause of SQL begins.",
    pattern:
      /^[\d.-]{0,12}"[\s);]{0,8}\b(?:union|alter|truncate|having|procedure|group\s{1,4}by|order\s{1,4}by|insert\s{1,4}into|delete\s{1,4}from|drop\s{1,4}\w|select\s{1,4}[\d*('@])(?:[\s(/]|$)/,
    unpaired: '"',
  },
  {
    rule: "sqli/break-out",
    score: 0.55,
    reason: "The value closes a bracket that it did not open, and goes on with an operator of SQL.",
    pattern:
      /^["'`\d\s]{0,8}\){1,6}\s{0,8}(?:not\s{1,4})?(?:or|and|xor|like|rlike|regexp|ilike|in|is|between|union|having|when|where|as|limit)\s{0,8}(?:["'(\d@!-]|(?:not|null|select|exists|true|false)\b)/,
  },
  {
    rule: "sqli/break-out",
    score: 0.5,
    reason: "The value closes a string and goes on with the next of a list of values.",
    pattern: /^[\w.-]{0,12}'\s{0,4},\s{0,4}(?:\d{1,9}|null|'|@@?\w)/,
    unpaired: "'",
  },
  {
    rule: "sqli/comment",
    score: 0.55,
    reason: "A quote and a comment with nothing but signs between them.",
    pattern: /^[^\w"'`]{0,3}'[^\w'"`<>]{1,12}(?:#|--)[^\w'"`<>]{0,4}$/,
    unpaired: "'",
  },
  {
    rule: "sqli/alias",
    score: 0.55,
    reason: "A number takes the place of a column, and the query goes on.",
    pattern: /^\W{0,2}\d{1,9}\s{1,4}as\s{0,4}["'`]\s{0,4}\w{0,30}["'`]?\s{0,4}from\b/,
  },
  {
    rule: "sqli/conditional",
    score: 0.55,
    reason: "A branch of SQL chooses what the query does.",
    pattern:
      /(?:^|[^\w\s]\s{0,4}|(?:select|and|or|,)\s{1,4})case\s{1,4}when\s{1,4}[^\n]{1,60}\bthen\s{1,4}\S|\bselect\s{0,4}\(\s{0,4}(?:case|select)\b|^\W{0,4}if\s{0,4}\(\s{0,4}\d{1,9}\s{0,4}[=<>]/,
  },
  {
    rule: "sqli/statement",
    score: 0.6,
    reason: "The value is a query that reads a constant or a variable of the server.",
    pattern: /^[\W\d]{0,6}select\s{1,8}(?:0x[\da-f]{2}|@@\w|\d{1,9}\s{0,4}(?:,\s{0,4}[\d'@n(]|--|#|\/\*))/,
  },
  {
    rule: "sqli/set-operator",
    score: 0.55,
    reason: "The rows of a second query are taken from or added to those of the first.",
    pattern: /\b(?:except|intersect|minus|union)\s{1,8}(?:all\s{1,8})?select\s{0,8}(?:\.?\d|[*(@]|['"`].)/,
  },
  {
    rule: "sqli/bare-condition",
    score: 0.55,
    reason: "A condition that is always true, and a comment that cuts off the rest of the query.",
    pattern: /^\s{0,4}(?:or|and|xor|\|\||&&)\s{1,4}(?:not\s{1,4})?\d{1,6}\s{0,4}(?:#|--|\/\*|;)/,
  },
  {
    rule: "sqli/statement",
    score: 0.55,
    reason: "The value is a part of a statement about a table.",
    pattern:
      /^\W?from\s{1,8}`[\w`.]{1,60}\s{1,8}(?:where|limit|order|group|join)\b|^\W{0,4}(?:alter|drop|create|truncate|rename)\s{1,8}(?:table|database|schema|view|index|user|procedure|function|trigger|login)\s{1,8}(?:if\s{1,4}(?:not\s{1,4})?exists\s{1,4})?[`[]\w|^\W{0,4}handler\s{1,8}[\w`.]{1,40}\s{1,8}(?:open|read|close)\b|\bprocedure\s{1,8}analyse\s{0,4}\(/,
  },
  {
    rule: "sqli/number",
    score: 0.55,
    reason: "A number in a form that MySQL takes off a name, so that a filter does not know it.",
    pattern: /\b\d{1,6}\.e(?:\(|\.[a-z]|\s?[`"'])|\b\d{1,3}\.?\d{0,3}e\d{1,3}(?:union|select|or|and|from)\b/,
  },
];
