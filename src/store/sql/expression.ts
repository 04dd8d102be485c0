/** Plan expressions to ClickHouse SQL. Meanings are those of explore/query/predicate.ts, tested against it. */
import { QueryError } from "../../explore/query/error.ts";
import type { PlanColumn, PlanExpression } from "../../explore/query/plan.ts";
import { eventIs, OPERATIONS } from "./operations.ts";
import type { Parameters } from "./parameters.ts";
import { indexHint } from "./word-index.ts";

export class SqlWriter {
  readonly parameters: Parameters;
  /** What stands for each column at this point of the query. */
  columns: ReadonlyMap<PlanColumn, string> = new Map();

  constructor(parameters: Parameters) {
    this.parameters = parameters;
  }

  /** A value; a condition is 0 or 1, never NULL. */
  value(expression: PlanExpression): string {
    return bounded(this.#value(expression));
  }

  #value(expression: PlanExpression): string {
    switch (expression.kind) {
      case "column": {
        const sql = this.columns.get(expression.column);
        if (sql === undefined) throw new RangeError(`${expression.column.name} is not at hand`);
        return sql;
      }
      case "constant":
        return this.#constant(expression);
      case "call":
        return OPERATIONS[expression.operation](this, expression.args, expression.detail);
    }
  }

  /** A condition where NULL counts as false: what WHERE, if() and -If aggregates take. Indexes see it bare. */
  condition(expression: PlanExpression): string {
    if (expression.kind !== "call") return this.value(expression);
    const { operation, args } = expression;
    if (operation === "and" || operation === "or") {
      const word = operation === "and" ? " AND " : " OR ";
      return this.joined(args, word, (term) => this.condition(term));
    }
    return bounded(bare(this, expression) ?? this.value(expression));
  }

  /** A condition that rows must meet, and what the index of words says of it. */
  filter(expression: PlanExpression): string {
    if (expression.kind !== "call") return this.condition(expression);
    if (expression.operation === "and")
      return this.joined(expression.args, " AND ", (term) => this.filter(term));
    const hint = indexHint(this, expression);
    const condition = this.condition(expression);
    return hint === undefined ? condition : bounded(`(${hint} AND ${condition})`);
  }

  /** Terms in brackets; stops as soon as they are too many together. */
  joined(terms: readonly PlanExpression[], between: string, write: (term: PlanExpression) => string): string {
    let sql = "";
    for (const term of terms) sql = bounded(sql === "" ? write(term) : sql + between + write(term));
    return `(${sql})`;
  }

  /** A number as Float64: arithmetic is that of doubles, whatever the column holds. */
  double(expression: PlanExpression): string {
    return `toFloat64(${this.value(expression)})`;
  }

  #constant(expression: PlanExpression & { kind: "constant" }): string {
    const { type, value } = expression;
    if (value === null) return "CAST(NULL AS Nullable(Float64))";
    if (type === "bool") return value === true ? "true" : "false";
    if (type === "datetime") return this.parameters.time(Number(value));
    return typeof value === "number" ? this.parameters.number(value) : this.parameters.text(String(value));
  }
}

/** Comparisons without the guard against NULL. */
function bare(writer: SqlWriter, call: PlanExpression & { kind: "call" }): string | undefined {
  const event = call.operation === "equal" ? eventIs(writer, call.args) : undefined;
  if (event !== undefined) return event;
  const symbol = COMPARISONS[call.operation];
  const [left, right] = call.args;
  if (symbol === undefined || left === undefined || right === undefined) return undefined;
  return compare(writer, left, symbol, right);
}

/** A constant stands on the right, as people write it. */
export function compare(
  writer: SqlWriter,
  left: PlanExpression,
  symbol: string,
  right: PlanExpression,
): string {
  if (left.kind !== "constant") return `${writer.value(left)} ${symbol} ${writer.value(right)}`;
  return `${writer.value(right)} ${symbol.replace("<", ">")} ${writer.value(left)}`;
}

export const COMPARISONS: Readonly<Record<string, string>> = {
  equal: "=",
  less: "<",
  "less-or-equal": "<=",
};

/** The store's own limit on the size of a query (max_query_size) is 256 KiB. */
const LONGEST_SQL = 200_000;

export function bounded(sql: string): string {
  if (sql.length <= LONGEST_SQL) return sql;
  throw new QueryError("QUERY_LIMIT", "The query is too large once it is written out.", { start: 0, end: 0 });
}
