/** Short endings of a query that say little to a grammar and enough to a person. */
import type { Match, Reading } from "../detector.ts";
import { BREAK_OUTS } from "./break-out.ts";

export interface Form {
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
    rule: "sqli/tautology",
    score: 0.5,
    reason: "A condition compares a number with itself, so that it is always true.",
    pattern: /^\s{0,4}\(?(\d{1,9})\s{0,4}(?:=|like|rlike|\bor\b|\bxor\b)\s{0,4}\1\)?\s{0,4}$/,
  },
  {
    rule: "sqli/bare-condition",
    score: 0.5,
    reason: "Two numbers are joined as conditions of a query.",
    pattern: /^\s{0,4}\d{1,9}\s{0,4}(?:\|\||&&)\s{0,4}[!~-]?\d{1,9}\s{0,4}$/,
  },
  {
    rule: "sqli/bare-condition",
    score: 0.6,
    reason: "White space that only a database takes for it stands around a condition.",
    pattern: /^['"\d)]{1,20}[\v\f\u00a0]{1,4}(?:or|and|xor|union|like|div)\b/,
  },
  {
    rule: "sqli/comment",
    score: 0.6,
    reason: "The value closes its string, joins a condition and comments out the rest of the query.",
    pattern: /^[\w.@+-]{0,40}'\s{0,4}(?:or|and|is|not|xor|like)\b[\s\w?]{0,12}(?:--|#)[\s+-]{0,4}$/,
    unpaired: "'",
  },
  {
    rule: "sqli/operator",
    score: 0.5,
    reason: "A string is closed, an operator follows, and the application's own quote opens another.",
    pattern: /^'\s{0,2}(?:[-&^|=]|div|mod)\s{0,2}'$/,
  },
  {
    rule: "sqli/system-function",
    score: 0.5,
    reason: "A procedure of SQL Server that reaches the system, by its name.",
    pattern:
      /^\W{0,3}(?:master\.{1,2}(?:dbo\.)?)?(?:xp_(?:cmdshell|dirtree|fileexist|reg\w{3,20}|servicecontrol|availablemedia|loginconfig|makecab|ntsec\w{3,20}|terminate_process|subdirs|logininfo|enumgroups)|sp_(?:password|oacreate|oamethod|executesql|execute_external_script|configure|addextendedproc|makewebtask|helpdb))\W{0,3}$/,
  },
  {
    rule: "sqli/comment",
    score: 0.6,
    reason: "The value closes its string, joins a condition and comments out the rest of the query.",
    pattern: /'\s{0,4}(?:or|and|xor)\s{0,4}\([^()']{0,20}(?:\(\)[^()']{0,12}){0,2}\)\s{0,4}(?:--|#)\s{0,4}$/,
    unpaired: "'",
  },
  {
    rule: "sqli/comment",
    score: 0.5,
    reason: "A number in brackets is followed by a comment that cuts off the rest of the query.",
    pattern:
      /^\s{0,4}\(\s{0,4}(?:\(\s{0,4}){0,6}(?:(?:binary|cos|sin|pi|hex|not)\b[\s(]{0,8}){0,4}[@\d][^a-z]{0,40}[\w\s()]{0,12}--\s{0,4}$/,
  },
  {
    rule: "sqli/limit",
    score: 0.55,
    reason: "LIMIT chooses a row, and a comment cuts off the rest of the query.",
    pattern:
      /^[\s\d'")]{0,8}limit\s{1,4}\d{1,6}\s{0,4}(?:,\s{0,4}\d{1,6}\s{0,4})?(?:--|#|\/\*)(?!\s{1,4}[a-z]{2,20}\s{1,4}[a-z])/,
  },
  {
    rule: "sqli/case",
    score: 0.55,
    reason: "A CASE expression asks the database a question.",
    pattern:
      /\bcase\s{1,4}(?:\d{1,9}\s{1,4})?when\s{1,4}\(?\s{0,4}\d{1,9}\s{0,4}(?:[=<>!]{1,2}\s{0,4}\d{1,9}\s{0,4}\)?\s{1,4})?\s{0,4}then\b/,
  },
  {
    rule: "sqli/order-by",
    score: 0.6,
    reason: "ORDER BY a position counts the query's columns, and a comment cuts off the rest.",
    pattern: /^\W{0,4}order\s{1,4}by\s{1,4}\d{1,4}\s{0,4}(?:--|#|\/\*)/,
  },
  {
    rule: "sqli/stacked-statement",
    score: 0.65,
    reason: "A second SQL statement follows the value, and a comment follows that.",
    pattern: /;\s{0,8}(?:drop|delete|truncate|alter|update|insert|shutdown)\b[\w\s]{0,40}(?:--|#|\/\*)/,
  },
];

/** Fragments that only SQL is made of, whatever stands around them. */
const FRAGMENTS: readonly Form[] = [
  {
    rule: "sqli/cast",
    score: 0.6,
    reason: "PostgreSQL converts what stands before `::`; an error message shows what it was.",
    pattern:
      /[)'\w]\s{0,4}::\s{0,4}(?:int|int2|int4|int8|integer|bigint|smallint|numeric|text|varchar|char|bool|boolean|json|jsonb|regclass|xml|bytea|money|date|timestamp)\b/,
  },
  {
    rule: "sqli/number-trick",
    score: 0.6,
    reason: "MySQL reads `1.e` as a number and goes on; a filter sees a name.",
    pattern: /(?:^|[\s(,=])\d{1,3}(?:e\d{1,2})?\.e(?:\s{0,4}\(|\.[a-z_`])/,
  },
  {
    rule: "sqli/having",
    score: 0.6,
    reason: "HAVING compares an aggregate of the query that the value was put into.",
    pattern: /^[\s\d'")]{0,12}having\s{1,4}(?:count|sum|avg|min|max)\s{0,4}\([^)]{0,40}\)\s{0,4}[<>=!]/,
  },
  {
    rule: "sqli/statement",
    score: 0.6,
    reason: "SELECT takes a function or its columns without the space that a filter waits for.",
    pattern:
      /(?:^|[^\w.#-])select\s{0,4}\(\s{0,4}(?:(?:user|version|database|schema|current_user|session_user|count|group_concat|concat|char|load_file|sleep|hex)\s{0,4}\(|[^)]{0,40}\)\s{0,4}from\b|select\b|@@)/,
  },
  {
    rule: "sqli/subquery",
    score: 0.65,
    reason: "A subquery stands where a value was expected.",
    pattern:
      /\bexists\s{0,4}\(\s{0,4}select\b|\bexp\s{0,4}\(\s{0,4}~\s{0,4}\(|\bfloor\s{0,4}\(\s{0,4}rand\s{0,4}\(/,
  },
  {
    rule: "sqli/encoded-string",
    score: 0.55,
    reason: "A string is spelt as numbers, so that it needs no quotes.",
    pattern:
      /\bconcat(?:_ws)?\s{0,4}\(\s{0,4}0x[\da-f]{2}|\bchar\s{0,4}\(\s{0,4}\d{2,3}(?:\s{0,4},\s{0,4}\d{2,3}){1,80}\s{0,4}\)|\bchr\s{0,4}\(\d{2,3}\)\s{0,4}\|\||\bunhex\s{0,4}\(\s{0,4}['"(]|\bselect\s{1,4}0x[\da-f]{4}/,
  },
  {
    rule: "sqli/variable",
    score: 0.55,
    reason: "A variable of the database server is read or set.",
    pattern:
      /(?:^|[\s(,=])@@(?:global\.|session\.)?(?:version|hostname|datadir|basedir|servername|tmpdir|plugin_dir|secure_file_priv|language|spid|identity|rowcount|microsoftversion)\b|\binto\s{1,4}@\w|\bdeclare\s{1,4}@\w/,
  },
  {
    rule: "sqli/union-select",
    score: 0.55,
    reason: "A UNION SELECT would add rows of the sender's choice to the query's answer.",
    pattern: /\bunion\s{1,4}(?:all|distinct)\s{1,4}select\b/,
  },
];

const LONGEST = 120;
const ALL = [...FORMS, ...BREAK_OUTS];

export function* findShortForms({ text, lower }: Reading): Generator<Match> {
  if (text.length > LONGEST) return;
  for (const { rule, score, reason, pattern } of FRAGMENTS) {
    const found = pattern.exec(lower);
    if (found === null) continue;
    yield { rule, score, reason, start: found.index, end: found.index + found[0].length };
  }
  for (const { rule, score, reason, pattern, unpaired } of ALL) {
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
