/** A checked query to one SELECT: steps that fit together share one, the others read from it. */
import { QUERY_LIMITS } from "../../explore/query/limits.ts";
import type { PlanColumn, PlanExpression, PlanStep, QueryPlan } from "../../explore/query/plan.ts";
import { TABLES } from "../../explore/query/schema.ts";
import { aggregateSql } from "./aggregates.ts";
import { columnSql, tableSql } from "./columns.ts";
import { bounded, SqlWriter } from "./expression.ts";
import { timeText } from "./operations.ts";
import { Parameters, type ParameterValue } from "./parameters.ts";
import { type QueryScope, scopeConditions } from "./scope.ts";
import { columnsRead } from "./used.ts";

export interface CompiledQuery {
  /** One SELECT; its columns are in the order of `columns`, named c1, c2 and so on. */
  readonly sql: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly columns: readonly PlanColumn[];
  /** Rows asked for; the SQL reads one more, which says that there are more. */
  readonly rows: number;
}

interface Order {
  readonly sql: string;
  readonly descending: boolean;
  /** NULL only where a value can be missing: without it the store can read in the order it has. */
  readonly nullable: boolean;
}

/** One SELECT in the making. */
interface Stage {
  readonly from: string;
  where: string[];
  columns: Map<PlanColumn, string>;
  /** Columns that are more than a name here: whoever reads them reads from an outer SELECT. */
  computed: Set<PlanColumn>;
  groupBy: readonly string[] | undefined;
  order: readonly Order[];
  limit: number | undefined;
}

/** @throws QueryError QUERY_LIMIT when the SQL would be too large */
export function compileQuery(
  plan: QueryPlan,
  scope: QueryScope,
  rows: number = QUERY_LIMITS.rows,
): CompiledQuery {
  const parameters = new Parameters();
  const compiler = new Compiler(plan, parameters, scope);
  for (const step of plan.steps) compiler.step(step);
  const sql = compiler.finish(plan.columns, rows + 1);
  return { sql, parameters: parameters.values, columns: plan.columns, rows };
}

/**
 * The commonest values of each of the plan's columns, whose rows are read once for all of them.
 * @returns columns: the values, then which of them the row is about (a bit for each column, the first the highest; the
 *   one that is 0), then how many rows have it
 */
export function compileFacets(plan: QueryPlan, scope: QueryScope, values: number): CompiledQuery {
  const parameters = new Parameters();
  const compiler = new Compiler(plan, parameters, scope);
  for (const step of plan.steps) compiler.step(step);
  const sql = compiler.facets(plan.columns, values);
  return { sql, parameters: parameters.values, columns: plan.columns, rows: values * plan.columns.length };
}

class Compiler {
  readonly #writer: SqlWriter;
  readonly #used: ReadonlySet<PlanColumn>;
  #stage: Stage;
  #aliases = 0;

  constructor(plan: QueryPlan, parameters: Parameters, scope: QueryScope) {
    this.#writer = new SqlWriter(parameters);
    this.#used = columnsRead(plan);
    const columns = new Map<PlanColumn, string>();
    for (const column of plan.source)
      if (column.source) columns.set(column, columnSql(plan.table, column.source, scope.services !== "all"));
    const time = plan.source.find((column) => column.name === TABLES[plan.table].time);
    this.#stage = {
      from: tableSql(plan.table),
      where: [...scopeConditions(plan.table, scope, parameters)],
      columns,
      computed: new Set(),
      groupBy: undefined,
      order: time ? [{ sql: columns.get(time) ?? "", descending: true, nullable: false }] : [],
      limit: undefined,
    };
    this.#writer.columns = columns;
  }

  step(step: PlanStep): void {
    switch (step.kind) {
      case "filter":
        if (this.#stage.limit !== undefined) this.#wrap();
        this.#settle([step.condition]);
        this.#stage.where.push(this.#writer.filter(step.condition));
        break;
      case "extend":
        this.#settle(step.assignments.map((assignment) => assignment.value));
        for (const { column, value } of step.assignments) {
          this.#stage.columns.set(column, this.#writer.value(value));
          if (value.kind !== "column") this.#stage.computed.add(column);
        }
        break;
      case "select":
        break;
      case "aggregate":
        this.#aggregate(step);
        break;
      case "sort": {
        if (this.#stage.limit !== undefined) this.#wrap();
        const keys = step.keys.filter((key) => key.value.kind !== "constant");
        this.#settle(keys.map((key) => key.value));
        this.#stage.order = keys.map((key) => ({
          sql: this.#sortable(key.value),
          descending: key.descending,
          nullable:
            key.value.kind !== "column" || key.value.type === "number" || key.value.type === "timespan",
        }));
        break;
      }
      case "take":
        this.#stage.limit = Math.min(step.rows, this.#stage.limit ?? step.rows);
        break;
    }
  }

  finish(columns: readonly PlanColumn[], most: number): string {
    this.#stage.limit = Math.min(most, this.#stage.limit ?? most);
    const written = columns.map((column) => {
      const sql = this.#stage.columns.get(column) ?? "NULL";
      return `${answered(column, sql)} AS ${this.#alias()}`;
    });
    return this.#render(written);
  }

  facets(columns: readonly PlanColumn[], values: number): string {
    if (this.#stage.limit !== undefined) this.#wrap();
    const named = columns.map((column) => ({
      alias: this.#alias(),
      sql: answered(column, this.#stage.columns.get(column) ?? "NULL"),
    }));
    const names = named.map(({ alias }) => alias).join(", ");
    const [of, count] = [this.#alias(), this.#alias()];
    this.#stage.groupBy = [`GROUPING SETS (${named.map(({ alias }) => `(${alias})`).join(", ")})`];
    this.#stage.order = [];
    const inner = this.#render([
      ...named.map(({ alias, sql }) => `${sql} AS ${alias}`),
      `grouping(${names}) AS ${of}`,
      `count() AS ${count}`,
    ]);
    return bounded(`SELECT * FROM (${inner}) ORDER BY ${count} DESC LIMIT ${values} BY ${of}`);
  }

  #aggregate(step: PlanStep & { kind: "aggregate" }): void {
    if (this.#stage.limit !== undefined) this.#wrap();
    const read = [...step.by.map((group) => group.value), ...step.aggregates.flatMap((a) => a.args)];
    const conditions = step.aggregates.flatMap((aggregate) => aggregate.condition ?? []);
    this.#settle([...read, ...conditions]);
    // Groups are named in a SELECT of their own, so that none is taken for a position or a constant.
    const columns = new Map<PlanColumn, string>();
    const names: string[] = [];
    const written: string[] = [];
    for (const { column, value } of step.by) {
      const alias = this.#alias();
      names.push(alias);
      const sql = this.#writer.value(value);
      // A bare number behind GROUP BY would be the position of a column.
      written.push(`${value.kind === "constant" ? `materialize(${sql})` : sql} AS ${alias}`);
      columns.set(column, alias);
    }
    for (const aggregate of step.aggregates) {
      const alias = this.#alias();
      written.push(`${aggregateSql(this.#writer, aggregate)} AS ${alias}`);
      columns.set(aggregate.column, alias);
    }
    this.#stage.groupBy = names;
    this.#stage.order = [];
    this.#stage = fresh(this.#render(written), columns, []);
    this.#writer.columns = columns;
  }

  /** Before reading computed columns: they get names in an inner SELECT. */
  #settle(expressions: readonly PlanExpression[]): void {
    if (expressions.some((expression) => readsAny(expression, this.#stage.computed))) this.#wrap();
  }

  /** The stage so far becomes what the next one reads from. */
  #wrap(): void {
    const columns = new Map<PlanColumn, string>();
    const written: string[] = [];
    for (const [column, sql] of this.#stage.columns) {
      if (!this.#used.has(column)) continue;
      const alias = this.#alias();
      columns.set(column, alias);
      written.push(`${sql} AS ${alias}`);
    }
    const order = this.#stage.order.map((key) => {
      const alias = this.#alias();
      written.push(`${key.sql} AS ${alias}`);
      return { ...key, sql: alias };
    });
    if (written.length === 0) written.push(`1 AS ${this.#alias()}`);
    this.#stage = fresh(this.#render(written), columns, order);
    this.#writer.columns = columns;
  }

  #render(written: readonly string[]): string {
    const { from, where, groupBy, order, limit } = this.#stage;
    const parts = [`SELECT ${written.join(", ")} FROM ${from}`];
    if (where.length > 0) parts.push(`WHERE ${where.map((condition) => `(${condition})`).join(" AND ")}`);
    if (groupBy !== undefined && groupBy.length > 0) parts.push(`GROUP BY ${groupBy.join(", ")}`);
    // The order of a SELECT without a limit is nobody's but the last one's.
    if (order.length > 0 && limit !== undefined) parts.push(`ORDER BY ${order.map(orderSql).join(", ")}`);
    if (limit !== undefined) parts.push(`LIMIT ${limit}`);
    return bounded(parts.join(" "));
  }

  /** Values with an order of their own sort by it. */
  #sortable(value: PlanExpression): string {
    const sql = this.#writer.value(value);
    const source = value.kind === "column" ? value.column.source : undefined;
    if (source?.ordered !== true || source.values === undefined) return sql;
    return `indexOf(${this.#writer.parameters.add("Array(String)", source.values)}, ${sql})`;
  }

  #alias(): string {
    this.#aliases++;
    return `c${this.#aliases}`;
  }
}

function fresh(inner: string, columns: Map<PlanColumn, string>, order: readonly Order[]): Stage {
  return {
    from: `(${inner})`,
    where: [],
    columns,
    computed: new Set(),
    groupBy: undefined,
    order,
    limit: undefined,
  };
}

/** Values as an answer has them: times as RFC 3339, conditions as true and false. */
function answered(column: PlanColumn, sql: string): string {
  if (column.type === "datetime") return timeText(sql);
  return column.type === "bool" ? `CAST(${sql} AS Bool)` : sql;
}

/** Missing values are the least, as in KQL. */
function orderSql(order: Order): string {
  const nulls = order.nullable ? ` NULLS ${order.descending ? "LAST" : "FIRST"}` : "";
  return `${order.sql} ${order.descending ? "DESC" : "ASC"}${nulls}`;
}

function readsAny(expression: PlanExpression, columns: ReadonlySet<PlanColumn>): boolean {
  if (expression.kind === "column") return columns.has(expression.column);
  return expression.kind === "call" && expression.args.some((item) => readsAny(item, columns));
}
