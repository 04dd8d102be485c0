/** NoSQL injection: query operators where a plain value was expected, and JavaScript for the database to run. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH, type Reading } from "../detector.ts";
import * as shape from "../gate/shape.ts";
import { isJson } from "../json-text.ts";
import { wordSet } from "../lexicon.ts";
import { findSigns, signs, strongest } from "../signs.ts";

export const nosqli: Detector = {
  class: "nosqli",
  id: "nosqli",
  title: "NoSQL injection",
  meaning:
    "The value is an operator or a script of a document database: it matches every record, guesses secrets letter by letter, or runs code.",
  cwe: ["CWE-943", "CWE-89"],
  patterns: ["CAPEC-676", "T1190"],
  owasp: ["API8:2023", "API2:2023"],
  falsePositives: ["APIs that take MongoDB-like filters from their clients"],
  wants: (bits, { place }) =>
    ((bits & shape.DOLLAR) !== 0 &&
      ((bits & (shape.BRACE | shape.BRACKET | shape.COLON | shape.QUOTES)) !== 0 ||
        place === "query name" ||
        place === "field name")) ||
    place === "query name" ||
    place === "field name" ||
    ((bits & shape.CODE_WORD) !== 0 && (bits & (shape.PAREN | shape.QUOTES | shape.PIPE)) !== 0) ||
    ((bits & shape.PIPE) !== 0 && (bits & shape.QUOTES) !== 0),
  find(reading, context) {
    const best = strongest(findAll(reading, context));
    if (best === undefined || best.score < 0.1) return NO_MATCH;
    return [context.role === "code" ? { ...best, score: best.score * 0.5 } : best];
  },
};

/** Operators that let one value stand for many, or run script. */
const TELLING = wordSet(
  "ne nin regex where exists expr function accumulator not nor jsonschema type elemmatch mod text",
);
const RANGE = wordSet("gt gte lt lte eq in all size or and options");
/** Operators of updates and pipelines. */
const WRITING = wordSet(
  "set unset inc push pull addtoset rename out merge lookup group match project unionwith graphlookup facet",
);

const OPERATOR = /\$([a-z]{2,12})\b/g;
const MOST = 24;

function* findAll(reading: Reading, context: Context): Generator<Match> {
  const isName =
    context.place === "query name" || context.place === "field name" || context.place === "cookie name";
  let tried = 0;
  if (isName) yield* findLookup(reading);
  for (const found of reading.lower.matchAll(OPERATOR)) {
    if (tried++ >= MOST) break;
    const operator = found[1] ?? "";
    const score = isName
      ? nameScore(reading.lower, found.index, operator, context)
      : operatorScore(reading.lower, found.index, operator);
    if (score === 0) continue;
    yield {
      rule: operator === "where" || operator === "function" ? "nosqli/script" : "nosqli/operator",
      score,
      reason: `$${operator} is a query operator of a document database where a plain value was expected.`,
      start: Math.max(0, found.index - 4),
      end: Math.min(reading.text.length, found.index + 60),
    };
  }
  yield* findSigns(reading, NOSQLI_SIGNS);
  yield* findScript(reading);
}

/** `user__password__startswith`: a lookup of Django's mapper that guesses a secret letter by letter. */
const LOOKUP =
  /(?:^|__|[.[])(?:\w{0,20}_)?(?:password|passwd|passwd_hash|token|secret|api_?key|otp|pin|ssn|session(?:_key)?|reset_?code|recovery_?code|username|email|is_staff|is_superuser)__i?(?:startswith|endswith|contains|regex|gt|gte|lt|lte|in|exact)$/;
/** A walk over three or more relations is no filter that a form offers. */
const WALK = /^[a-z]\w{0,40}__[a-z]\w{0,40}__[a-z]\w{0,40}__i?(?:startswith|endswith|contains|regex)$/;

function* findLookup({ lower }: Reading): Generator<Match> {
  const found = LOOKUP.exec(lower) ?? WALK.exec(lower);
  if (found === null) return;
  const secret = /(?:password|passwd|token|secret|key|otp|pin|ssn|session|code)__/.test(found[0]);
  yield {
    rule: "nosqli/lookup",
    score: secret ? 0.7 : 0.45,
    reason:
      "A lookup of an object mapper on a field that no filter offers: it guesses the field letter by letter.",
    start: 0,
    end: lower.length,
  };
}

/** `user[$ne]`: in brackets or after a dot. A bare `$filter` is OData, a bare `$limit` is Feathers. */
function nameScore(lower: string, at: number, operator: string, { place }: Context): number {
  // Whether it names a type of .NET is told by the object around it.
  if (operator === "type" && place === "field name") return 0;
  const nested = /[[.]$/.test(lower.slice(0, at)) || /\[%5b$/.test(lower.slice(0, at));
  if (operator === "where" || operator === "function" || operator === "expr")
    return nested || at === 0 ? 0.7 : 0.5;
  if (TELLING.has(operator)) return nested ? 0.75 : at === 0 ? 0.55 : 0;
  // Content APIs filter so: `filters[price][$lte]=20`.
  const filter = /^(?:filters?|where|query|_where)\[[\w.-]{1,60}\]/.test(lower);
  if (RANGE.has(operator)) return nested && !filter ? 0.55 : 0.3;
  return WRITING.has(operator) && nested ? 0.5 : 0;
}

/** `"$type":"Shop.Orders.Created, Shop.Orders"`: how .NET names the class of an object; a BSON type is one word. */
const DOTNET_TYPE = /^"\s{0,4}:\s{0,4}"[a-z_][\w.+`]{0,120},\s?[a-z_][\w.]{0,60}[",]/;

/** An operator inside JSON or inside something that would be put into JSON. */
/** `query ($text: String!, $in: [ID!])`: a variable of GraphQL with its type. */
function isVariable(lower: string, at: number, after: string): boolean {
  return (
    /[(,]\s{0,8}\$?$/.test(lower.slice(Math.max(0, at - 10), at)) &&
    /^\s{0,4}:\s{0,4}\[?[a-z]\w*[\]!),\s=]/.test(after)
  );
}

function operatorScore(lower: string, at: number, operator: string): number {
  const after = lower.slice(at + operator.length + 1, at + operator.length + 24);
  const asKey = /^["']?\s{0,4}[:\]]/.test(after);
  if (!asKey || isVariable(lower, at, after)) return 0;
  if (operator === "type" && DOTNET_TYPE.test(lower.slice(at + 5, at + 205))) return 0;
  // An empty or null operand matches everything.
  const everything = /^["']?\s{0,4}:\s{0,4}(?:""|''|null|1\b|-1\b|true|undefined|\[\]|\{\}|"?\.\*|"\^)/.test(
    after,
  );
  const brokenOut = /^\s{0,4}['"}\],]|\|\||&&/.test(lower) && !lower.trimStart().startsWith("{");
  if (operator === "where" || operator === "function" || operator === "accumulator") return 0.85;
  if (TELLING.has(operator)) return everything || brokenOut ? 0.8 : 0.6;
  if (RANGE.has(operator))
    return brokenOut
      ? 0.7
      : everything && operator !== "eq" && operator !== "lte" && operator !== "lt"
        ? 0.7
        : operator === "or"
          ? 0.5
          : 0.4;
  return WRITING.has(operator) ? 0.45 : 0;
}

export const NOSQLI_SIGNS = [
  ...signs("nosqli/script", "JavaScript of the MongoDB shell.", {
    "this.password": 0.65,
    "this.passwd": 0.65,
    "this.username": 0.45,
    "db.injection": 0.8,
    "db.getcollection": 0.65,
    "db.version()": 0.6,
    "db.stores": 0.5,
    "tojson(this": 0.7,
    "tojsononeline(": 0.7,
    "emit(1": 0.6,
    "db.eval(": 0.7,
  }),
];

const SHELL_CALL =
  /\bdb\.[a-z_]\w{0,40}\.(?:insert|find|findone|update|remove|drop|aggregate|save|deletemany|updatemany|mapreduce)\w{0,8}\s{0,4}\(/;
/** `'; return true; var x='`, `' || '1'=='1`, `'; while(…)`, `';sleep(5000);'`: ending a string of a $where script. */
const BREAKOUT =
  /(?<![=(,:][\s+]{0,2})['"]\s{0,4};?\s{0,4}(?:return\b|var\s|while\s{0,4}\(|sleep\s{0,4}\(|it=)|(?:\|\||&&)\s{0,4}['"\w.]{1,20}\s{0,4}===?\s{0,4}['"\w]/;
const BUSY_WAIT =
  /new date\(\)[^;]{0,20};\s{0,4}do\s{0,4}\{|(?:while|do)\s{0,4}[({][^;]{0,80}new date|;\s{0,4}(?:sleep|while)\s{0,4}\(\s{0,4}(?:\d{3,}|true|1\b)/;

function* findScript({ text, lower }: Reading): Generator<Match> {
  const found = SHELL_CALL.exec(lower) ?? BUSY_WAIT.exec(lower);
  if (found !== null) {
    yield {
      rule: "nosqli/script",
      score: 0.7,
      reason: "JavaScript for the database to run.",
      start: found.index,
      end: Math.min(text.length, found.index + 80),
    };
  }
  // The quotes of JSON text close nothing.
  const breakout = isJson(text) ? null : BREAKOUT.exec(lower);
  if (breakout !== null && /['"]/.test(lower.slice(0, breakout.index + 1))) {
    yield {
      rule: "nosqli/script",
      score: /===?|return/.test(breakout[0]) ? 0.6 : 0.5,
      reason: "The value ends a string and goes on as JavaScript for the database to run.",
      start: breakout.index,
      end: Math.min(text.length, breakout.index + 80),
    };
  }
}
