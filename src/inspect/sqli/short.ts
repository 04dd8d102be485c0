/** Short endings of a query that say little to a grammar and enough to a person. */
import type { Match, Reading } from "../detector.ts";

interface Form {
  readonly rule: string;
  readonly score: number;
  readonly reason: string;
  readonly pattern: RegExp;
  /** The text must hold an odd number of this quote: what it closes, the application opened. */
  readonly unpaired?: string;
}

const FORMS: readonly Form[] = [
  {
    rule: "sqli/tautology",
    score: 0.6,
    reason: "A number is followed by a condition that is always true or always false.",
    pattern:
      /^\W?-?\d{1,20}['")]{0,6}\s{0,8}(?:\bor\b|\band\b|\bxor\b|\|\||&&)\s{0,8}(?:not\s{1,8}|!)?(?:true|false)\b/,
  },
  {
    rule: "sqli/order-by",
    score: 0.6,
    reason: "ORDER BY a position counts the query's columns.",
    pattern: /^-?\d{1,20}['")]{0,6}\s{1,8}order\s{1,8}by\s{1,8}\d{1,4}\s{0,8}(?:,|$|--|#|\/\*|asc|desc)/,
  },
  {
    rule: "sqli/bare-condition",
    score: 0.55,
    reason: "The value begins by closing a string and joins a further condition to the query.",
    pattern: /^\s{0,4}'{1,4}\s{0,4}\){0,6}\s{0,4}(?:(?:or|and|xor)[\s(!+-]|\|\||&&)\s{0,8}\S/,
    unpaired: "'",
  },
  {
    rule: "sqli/comment",
    score: 0.55,
    reason: "The value closes its string and ends the statement.",
    pattern:
      /^[\w.@+-]{0,60}'\s{0,4}\){0,6}\s{0,4}(?:;\s{0,4}(?:--.*|#.*|\/\*.*)?|\/\*[^*]{0,60}\*\/\s{0,4};?)$/,
    unpaired: "'",
  },
  {
    rule: "sqli/comment",
    score: 0.55,
    reason: "The value closes its string and ends the statement.",
    pattern:
      /^[\w.@+-]{1,60}"\s{0,4}\){0,6}\s{0,4}(?:;\s{0,4}(?:--.*|#.*|\/\*.*)?|\/\*[^*]{0,60}\*\/\s{0,4};?)$/,
    unpaired: '"',
  },
  {
    rule: "sqli/comment",
    score: 0.6,
    reason: "The value closes its string and comments out the rest of the query.",
    pattern: /^[\w.@+-]{0,60}'\s{0,4}\){0,6}\s{0,4}--\S/,
    unpaired: "'",
  },
  {
    rule: "sqli/comment",
    score: 0.5,
    reason: "A number is followed by a comment that cuts off the rest of the query.",
    pattern: /^-?\d{1,20}(?:\s{0,4}[*+/-]\s{0,4}\d{1,20})?\s{0,4}(?:--|\/\*)\s{0,4}$/,
  },
  {
    rule: "sqli/bare-condition",
    score: 0.55,
    reason:
      "The value closes its string, joins a condition and opens a string for the application's own quote.",
    pattern: /^\w{1,20}'\s{0,4}(?:or|and|xor|\|\||&&)\s{0,4}'\w{0,20}$/,
  },
  {
    rule: "sqli/union-select",
    score: 0.6,
    reason: "A UNION follows the value, behind a comment or a number that no record has.",
    pattern:
      /^-\d{1,12}['")]{0,4}\s{1,8}union(?:\s{1,8}(?:all|distinct))?\s{0,8}(?:\/\*.*)?$|^-?\d{1,12}\s{0,8}(?:#|--)[^\n]{0,80}\n[^a-z]{0,80}union\b/,
  },
  {
    rule: "sqli/union-select",
    score: 0.7,
    reason: "UNION SELECT follows a number without the space that a filter waits for.",
    pattern: /(?:\d[fde]?|\.|\\|\bselect\s{1,4}0x)union\s{1,20}(?:all\s{1,20}|distinct\s{1,20})?select\b/,
  },
  {
    rule: "sqli/stacked-statement",
    score: 0.65,
    reason: "A second SQL statement follows the value, and a comment follows that.",
    pattern: /;\s{0,8}(?:drop|delete|truncate|alter|update|insert|shutdown)\b[\w\s]{0,40}(?:--|#|\/\*)/,
  },
];

const LONGEST = 120;

export function* findShortForms({ text, lower }: Reading): Generator<Match> {
  if (text.length > LONGEST) return;
  for (const { rule, score, reason, pattern, unpaired } of FORMS) {
    const found = pattern.exec(lower);
    if (found === null || (unpaired !== undefined && count(text, unpaired) % 2 === 0)) continue;
    yield { rule, score, reason, start: 0, end: Math.min(text.length, found[0].length) };
  }
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++;
  return found;
}
