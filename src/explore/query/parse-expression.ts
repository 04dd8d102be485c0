/** Expressions, by precedence: or, and, not, comparison, sum, product, sign, path. */
import type { BinaryOperator, Expression, MembershipOperator, Name } from "./ast.ts";
import { COMPARISONS } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { span } from "./error.ts";
import { QUERY_LIMITS } from "./limits.ts";

/** `search`: terms that stand side by side are all wanted, as in a search box. */
type Mode = "condition" | "search";

export function parseExpression(cursor: Cursor, mode: Mode = "condition"): Expression {
  return cursor.within(() => parseAny(cursor, mode));
}

function parseAny(cursor: Cursor, mode: Mode): Expression {
  const terms = [parseAll(cursor, mode)];
  while (cursor.takeWord("or")) terms.push(parseAll(cursor, mode));
  return joined("or", terms);
}

function parseAll(cursor: Cursor, mode: Mode): Expression {
  const terms = [parseNot(cursor, mode)];
  while (cursor.takeWord("and") || (mode === "search" && startsTerm(cursor)))
    terms.push(parseNot(cursor, mode));
  return joined("and", terms);
}

function joined(kind: "and" | "or", terms: readonly Expression[]): Expression {
  const [first] = terms;
  const last = terms.at(-1);
  if (first === undefined || last === undefined || terms.length === 1) return first as Expression;
  return { kind, terms, range: span(first.range, last.range) };
}

function startsTerm(cursor: Cursor): boolean {
  const { token } = cursor;
  if (token.kind === "symbol") return token.text === "(";
  return token.kind !== "end" && !cursor.isWord("or");
}

function parseNot(cursor: Cursor, mode: Mode): Expression {
  if (!cursor.isWord("not")) return parseComparison(cursor, mode);
  const { range } = cursor.next();
  const value = cursor.within(() => parseNot(cursor, mode));
  return { kind: "not", value, range: span(range, value.range) };
}

function parseComparison(cursor: Cursor, mode: Mode): Expression {
  const left = parseSum(cursor, mode);
  const { token } = cursor;
  const membership = membershipOperator(cursor);
  if (membership !== undefined) {
    const list = parseList(cursor);
    return {
      kind: "membership",
      operator: membership,
      value: left,
      list,
      range: span(left.range, cursor.before),
    };
  }
  const negated = cursor.isSymbol("!") && cursor.isWord("between", 1);
  if (negated) cursor.next();
  if (cursor.takeWord("between")) return parseBetween(cursor, left, negated);
  const operator = binaryOperator(cursor);
  if (operator === undefined) return left;
  const operatorRange = span(token.range, cursor.before);
  const right = operator === ":" ? parseWanted(cursor) : parseSum(cursor, mode);
  return { kind: "binary", operator, operatorRange, left, right, range: span(left.range, right.range) };
}

/** After a colon: one value, where a bare word is a text. */
function parseWanted(cursor: Cursor): Expression {
  const { token } = cursor;
  if (token.kind !== "name" || cursor.isSymbol("(", 1)) return parseSign(cursor, "search");
  cursor.next();
  return { kind: "string", value: token.text, range: token.range };
}

function parseBetween(cursor: Cursor, value: Expression, negated: boolean): Expression {
  cursor.expectSymbol("(", "after between");
  const from = parseExpression(cursor);
  cursor.expectSymbol("..", "between the two bounds");
  const to = parseExpression(cursor);
  cursor.expectSymbol(")", "after the bounds");
  return { kind: "between", negated, value, from, to, range: span(value.range, cursor.before) };
}

function parseList(cursor: Cursor): readonly Expression[] {
  cursor.expectSymbol("(", "before the list");
  if (cursor.isWord("dynamic") && cursor.isSymbol("(", 1) && cursor.isSymbol("[", 2)) {
    cursor.next();
    cursor.next();
    cursor.next();
    const list = parseValues(cursor, "]");
    cursor.expectSymbol(")", "after the list");
    cursor.expectSymbol(")", "after the list");
    return list;
  }
  const list = parseValues(cursor, ")");
  if (list.length === 0) cursor.fail("QUERY_SYNTAX", "The list is empty.", cursor.before);
  return list;
}

/** Values up to the closing symbol, which is read. */
function parseValues(cursor: Cursor, close: string): readonly Expression[] {
  const values: Expression[] = [];
  if (cursor.takeSymbol(close)) return values;
  do {
    if (values.length === QUERY_LIMITS.list) {
      cursor.fail("QUERY_LIMIT", `A list has at most ${QUERY_LIMITS.list} values.`, cursor.token.range);
    }
    values.push(
      cursor.isSymbol("*") ? { kind: "star", range: cursor.next().range } : parseExpression(cursor),
    );
  } while (cursor.takeSymbol(","));
  cursor.expectSymbol(close, "or a comma");
  return values;
}

const MEMBERSHIP: ReadonlySet<string> = new Set(["in", "has_any", "has_all"]);

function membershipOperator(cursor: Cursor): MembershipOperator | undefined {
  const negated = cursor.isSymbol("!") && cursor.isWord("in", 1) && cursor.isAdjacent(0);
  const word = cursor.ahead(negated ? 1 : 0);
  if (word.kind !== "name" || !MEMBERSHIP.has(word.text.toLowerCase())) return undefined;
  if (negated) cursor.next();
  const fold = cursor.isWord("in") && cursor.isSymbol("~", 1);
  cursor.next();
  if (fold) cursor.next();
  const name = `${negated ? "!" : ""}${word.text.toLowerCase()}${fold ? "~" : ""}`;
  return name as MembershipOperator;
}

const TEXT_OPERATOR = /^(?:has|contains|startswith|endswith)(?:_cs)?$/;

function binaryOperator(cursor: Cursor): BinaryOperator | undefined {
  const { token } = cursor;
  if (token.kind === "symbol") {
    if (token.text === "=") cursor.fail("QUERY_SYNTAX", "Write == to compare.", token.range);
    const comparison = [...COMPARISONS, ":" as const].find((symbol) => symbol === token.text);
    if (comparison !== undefined) {
      cursor.next();
      return comparison;
    }
  }
  if (cursor.isWord("matches") && cursor.isWord("regex", 1)) {
    cursor.next();
    cursor.next();
    return "matches regex";
  }
  const negated = cursor.isSymbol("!") && cursor.isAdjacent(0);
  const word = cursor.ahead(negated ? 1 : 0);
  if (word.kind !== "name" || !TEXT_OPERATOR.test(word.text.toLowerCase())) return undefined;
  if (negated) cursor.next();
  cursor.next();
  return `${negated ? "!" : ""}${word.text.toLowerCase()}` as BinaryOperator;
}

function parseSum(cursor: Cursor, mode: Mode): Expression {
  return parseLeft(cursor, ["+", "-"], () =>
    parseLeft(cursor, ["*", "/", "%"], () => parseSign(cursor, mode)),
  );
}

/** Left-associative operators of one level; each link nests one deeper. */
function parseLeft(
  cursor: Cursor,
  operators: readonly ("+" | "-" | "*" | "/" | "%")[],
  operand: () => Expression,
): Expression {
  let left = operand();
  for (let links = 1; ; links++) {
    const operator = operators.find((symbol) => cursor.isSymbol(symbol));
    if (operator === undefined) return left;
    if (links > QUERY_LIMITS.depth) {
      cursor.fail(
        "QUERY_LIMIT",
        `At most ${QUERY_LIMITS.depth} operators stand in a row.`,
        cursor.token.range,
      );
    }
    const operatorRange = cursor.next().range;
    const right = operand();
    left = { kind: "binary", operator, operatorRange, left, right, range: span(left.range, right.range) };
  }
}

function parseSign(cursor: Cursor, mode: Mode): Expression {
  if (!cursor.isSymbol("-")) return parsePath(cursor, mode);
  const { range } = cursor.next();
  const value = cursor.within(() => parseSign(cursor, mode));
  const whole = span(range, value.range);
  if ((value.kind === "number" || value.kind === "timespan") && value.value >= 0) {
    return { kind: value.kind, value: 0 - value.value, range: whole };
  }
  return { kind: "negative", value, range: whole };
}

function parsePath(cursor: Cursor, mode: Mode): Expression {
  const value = cursor.within(() => parsePrimary(cursor, mode));
  const keys: (string | number)[] = [];
  for (;;) {
    if (cursor.isSymbol("[")) keys.push(parseKey(cursor));
    else if (cursor.isSymbol(".") && cursor.ahead(1).kind === "name") {
      cursor.next();
      const name = cursor.next();
      if (name.kind === "name") keys.push(...name.text.split("."));
    } else break;
    if (keys.length > QUERY_LIMITS.depth) {
      cursor.fail("QUERY_LIMIT", `A path has at most ${QUERY_LIMITS.depth} keys.`, cursor.before);
    }
  }
  return keys.length === 0 ? value : { kind: "path", value, keys, range: span(value.range, cursor.before) };
}

function parseKey(cursor: Cursor): string | number {
  cursor.next();
  const negative = cursor.takeSymbol("-");
  const { token } = cursor;
  const isIndex = token.kind === "number" && Number.isInteger(token.value) && token.value < 2 ** 31;
  if (!isIndex && (token.kind !== "string" || negative))
    cursor.unexpected('a key in quotes or a position, as in ["name"] or [0]');
  cursor.next();
  cursor.expectSymbol("]", "after the key");
  if (token.kind === "string") return token.value;
  return token.kind === "number" ? (negative ? -token.value : token.value) || 0 : "";
}

function parsePrimary(cursor: Cursor, mode: Mode): Expression {
  const { token } = cursor;
  cursor.countTerm();
  switch (token.kind) {
    case "string":
    case "number":
    case "timespan":
    case "datetime":
      cursor.next();
      return token;
    case "name":
      cursor.next();
      return parseNamed(cursor, { kind: "name", name: token.text, range: token.range });
    case "symbol": {
      if (token.text !== "(") break;
      cursor.next();
      const inner = parseExpression(cursor, mode);
      cursor.expectSymbol(")", "to close the bracket");
      return inner;
    }
    case "end":
      break;
  }
  return cursor.unexpected("a value");
}

/** A call, a constant, or a column. */
function parseNamed(cursor: Cursor, name: Name): Expression {
  if (cursor.isSymbol("(")) {
    cursor.next();
    const args = parseValues(cursor, ")");
    return { kind: "call", name, args, range: span(name.range, cursor.before) };
  }
  if (name.name === "true" || name.name === "false") {
    return { kind: "bool", value: name.name === "true", range: name.range };
  }
  return name.name === "null" ? { kind: "null", range: name.range } : name;
}
