/** Expressions of the syntax tree to plan expressions: names resolved, types known. */
import type { Call, Expression, Path } from "./ast.ts";
import { all, any, call, constant, not, typeWords } from "./build.ts";
import { checkBetween, checkMembership } from "./check-lists.ts";
import { type Columns, readPath, resolveName, unknownColumn } from "./check-names.ts";
import { checkBinary } from "./check-operators.ts";
import { QueryError, type QueryErrorCode, type TextRange } from "./error.ts";
import { checkFunction, FUNCTIONS } from "./functions.ts";
import { QUERY_LIMITS } from "./limits.ts";
import type { PlanColumn, PlanExpression, ValueType } from "./plan.ts";
import { searchFor } from "./search.ts";
import { didYouMean } from "./suggest.ts";

export interface CheckOptions {
  /** What `now()` and `ago()` count from: milliseconds since the epoch. */
  readonly now: number;
}

/** Turns a call of an aggregate into the column that will hold it; only summarize has one. */
export type AggregateReader = (call: Call) => PlanColumn | undefined;

export class ExpressionChecker {
  readonly text: string;
  readonly now: number;
  columns: Columns = new Map();
  readAggregate: AggregateReader | undefined;
  /** Each is checked once, however often it is asked about: nested comparisons would double the work. */
  readonly #checked = new Map<Expression, PlanExpression>();
  #depth = 0;
  #searches = 0;
  #regexes = 0;

  constructor(text: string, options: CheckOptions) {
    this.text = text;
    this.now = options.now;
  }

  fail(code: QueryErrorCode, message: string, range: TextRange): never {
    throw new QueryError(code, message, range, this.text);
  }

  /** @throws QueryError QUERY_FIELD, QUERY_FUNCTION, QUERY_TYPE, QUERY_LIMIT */
  check(expression: Expression): PlanExpression {
    const known = this.#checked.get(expression);
    if (known !== undefined) return known;
    this.#depth++;
    if (this.#depth > 2 * QUERY_LIMITS.depth) {
      this.fail("QUERY_LIMIT", "Expressions nest too deep.", expression.range);
    }
    const result = this.#check(expression);
    this.#depth--;
    this.#checked.set(expression, result);
    return result;
  }

  #check(expression: Expression): PlanExpression {
    switch (expression.kind) {
      case "name":
        return this.#name(expression.name, expression);
      case "string":
      case "number":
      case "bool":
      case "timespan":
      case "datetime":
        return constant(expression.kind, expression.value);
      case "null":
        return this.fail("QUERY_TYPE", "null stands only beside == and !=.", expression.range);
      case "and":
      case "or":
        return (expression.kind === "and" ? all : any)(expression.terms.map((term) => this.condition(term)));
      case "not":
        return not(this.condition(expression.value));
      case "negative":
        return this.#negative(expression.value);
      case "binary":
        return checkBinary(this, expression);
      case "membership":
        return checkMembership(this, expression);
      case "between":
        return checkBetween(this, expression);
      case "path":
        return this.#path(expression);
      case "call":
        return this.#call(expression);
      case "star":
        return this.fail(
          "QUERY_TYPE",
          "A star stands only in arg_max(…, *) and arg_min(…, *).",
          expression.range,
        );
    }
  }

  #name(name: string, expression: Expression & { kind: "name" }): PlanExpression {
    const resolved = resolveName(name, this.columns);
    return resolved ?? this.fail("QUERY_FIELD", unknownColumn(expression, this.columns), expression.range);
  }

  #negative(operand: Expression): PlanExpression {
    const value = this.number(operand, ["number", "timespan"]);
    return call("subtract", value.type, [constant(value.type, 0), value]);
  }

  #path(path: Path): PlanExpression {
    const value = this.check(path.value);
    const part = readPath(value, path.keys);
    if (part !== undefined) return part;
    const message = `${typeWords(value.type)} has no such part; parse_json() reads a text as JSON.`;
    return this.fail("QUERY_TYPE", message, path.range);
  }

  #call(expression: Call): PlanExpression {
    const column = this.readAggregate?.(expression);
    if (column !== undefined) return { kind: "column", type: column.type, column };
    const name = expression.name.name.toLowerCase();
    const entry = FUNCTIONS.get(name);
    if (entry === undefined) {
      const message = `There is no function ${expression.name.name} here.${didYouMean(name, FUNCTIONS.keys())}`;
      return this.fail("QUERY_FUNCTION", message, expression.name.range);
    }
    return checkFunction(this, entry, expression);
  }

  /** An expression that is true or false. A text alone is searched for. */
  condition(expression: Expression): PlanExpression {
    if (expression.kind === "string") return this.search(expression.value, expression.range);
    const value = this.check(expression);
    if (value.type === "bool") return value;
    if (value.type === "json") return call("equal", "bool", [value, constant("string", "true")]);
    const message = `This is ${typeWords(value.type)}, not a condition; compare it with something.`;
    return this.fail("QUERY_TYPE", message, expression.range);
  }

  search(text: string, range: TextRange): PlanExpression {
    this.#searches++;
    if (this.#searches > SEARCHES)
      this.fail("QUERY_LIMIT", `A query searches for at most ${SEARCHES} texts.`, range);
    return searchFor(text, this.columns);
  }

  /** A value of one of the types; JSON becomes what is wanted. */
  number(expression: Expression, types: readonly ValueType[] = ["number"]): PlanExpression {
    return this.as(expression, types);
  }

  /** Checks an expression and brings it to the first of `types` that it can be. */
  as(expression: Expression, types: readonly ValueType[]): PlanExpression {
    return this.converted(this.check(expression), types, expression.range);
  }

  converted(value: PlanExpression, types: readonly ValueType[], range: TextRange): PlanExpression {
    if (types.includes(value.type)) return value;
    if (value.type === "json") {
      if (types.includes("string")) return value;
      if (types.includes("number")) return call("parse-number", "number", [value]);
    }
    const wanted = types.map(typeWords).join(" or ");
    return this.fail("QUERY_TYPE", `Expected ${wanted}, but this is ${typeWords(value.type)}.`, range);
  }

  countRegex(range: TextRange): void {
    this.#regexes++;
    if (this.#regexes > QUERY_LIMITS.regexes) {
      this.fail("QUERY_LIMIT", `A query has at most ${QUERY_LIMITS.regexes} regular expressions.`, range);
    }
  }
}

const SEARCHES = 32;
