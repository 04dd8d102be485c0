/** A syntax tree to a plan: every name, type and call checked before anything runs. */

import type { Expression, Name, Named, Query, SortKey, Step } from "./ast.ts";
import { typeWords } from "./build.ts";
import { type CheckOptions, ExpressionChecker } from "./check-expression.ts";
import { freeName, resolveName, sourceOf, unknownColumn } from "./check-names.ts";
import { checkSummarize } from "./check-summarize.ts";
import { QUERY_LIMITS } from "./limits.ts";
import type { PlanAssignment, PlanColumn, PlanSortKey, PlanStep, QueryPlan } from "./plan.ts";
import { isTableName, TABLE_NAMES, TABLES } from "./schema.ts";
import { didYouMean } from "./suggest.ts";

/** @throws QueryError QUERY_TABLE, QUERY_FIELD, QUERY_FUNCTION, QUERY_TYPE, QUERY_LIMIT */
export function checkQuery(query: Query, text: string, options: CheckOptions): QueryPlan {
  const checker = new ExpressionChecker(text, options);
  const name = query.table?.name ?? "events";
  if (!isTableName(name)) {
    const hint = didYouMean(name, TABLE_NAMES) || ` There are ${TABLE_NAMES.join(", ")}.`;
    const message = `There is no table ${name}.${hint} To search for a word, put it in quotes.`;
    return checker.fail("QUERY_TABLE", message, query.table?.range ?? query.range);
  }
  const source = TABLES[name].columns.map(
    (column): PlanColumn => ({ name: column.name, type: column.type, source: column }),
  );
  checker.columns = byName(source);
  const steps = query.steps.flatMap((step) => checkStep(checker, step));
  return { table: name, source, steps, columns: [...checker.columns.values()] };
}

function byName(columns: Iterable<PlanColumn>): Map<string, PlanColumn> {
  return new Map([...columns].map((column) => [column.name, column]));
}

/** Checks one step and leaves in the checker the columns that come out of it. */
function checkStep(checker: ExpressionChecker, step: Step): readonly PlanStep[] {
  switch (step.kind) {
    case "where":
      return [{ kind: "filter", condition: checker.condition(step.condition) }];
    case "search":
      return [{ kind: "filter", condition: checker.condition(withSearches(checker, step.condition)) }];
    case "extend":
      return extend(checker, step.columns);
    case "project":
      return project(checker, step.columns);
    case "project-away":
      return projectAway(checker, step.patterns);
    case "distinct":
      return checkSummarize(checker, [], step.columns, step.range);
    case "summarize":
      return checkSummarize(checker, step.aggregates, step.by, step.range);
    case "count": {
      const column: PlanColumn = { name: "Count", type: "number", source: undefined };
      checker.columns = byName([column]);
      const count = {
        column,
        aggregate: "count",
        args: [],
        condition: undefined,
        parameter: undefined,
      } as const;
      return [{ kind: "aggregate", by: [], aggregates: [count] }];
    }
    case "sort":
      return [{ kind: "sort", keys: step.keys.map((key) => sortKey(checker, key)) }];
    case "top":
      return [
        { kind: "sort", keys: [sortKey(checker, step.key)] },
        { kind: "take", rows: step.rows },
      ];
    case "take":
      return [{ kind: "take", rows: step.rows }];
  }
}

/** In a search, a word that is no field, or a number, is searched for. */
function withSearches(checker: ExpressionChecker, condition: Expression): Expression {
  switch (condition.kind) {
    case "name":
      if (resolveName(condition.name, checker.columns) !== undefined) return condition;
      return { kind: "string", value: condition.name, range: condition.range };
    case "number":
      return { kind: "string", value: String(condition.value), range: condition.range };
    case "and":
    case "or":
      return { ...condition, terms: condition.terms.map((term) => withSearches(checker, term)) };
    case "not":
      return { ...condition, value: withSearches(checker, condition.value) };
    default:
      return condition;
  }
}

/** Assigns values to names in turn: a later one may use an earlier one. */
function extend(checker: ExpressionChecker, columns: readonly Named[]): readonly PlanStep[] {
  return columns.map((named) => {
    const assignment = assign(checker, named, checker.columns);
    checker.columns = new Map(checker.columns).set(assignment.column.name, assignment.column);
    requireRoom(checker, named);
    return { kind: "extend", assignments: [assignment] };
  });
}

function project(checker: ExpressionChecker, columns: readonly Named[]): readonly PlanStep[] {
  const kept = new Map<string, PlanColumn>();
  const assignments: PlanAssignment[] = [];
  for (const named of columns) {
    const assignment = assign(checker, named, kept);
    if (kept.has(assignment.column.name)) {
      checker.fail(
        "QUERY_TYPE",
        `There are two columns ${assignment.column.name}; name one otherwise.`,
        named.range,
      );
    }
    kept.set(assignment.column.name, assignment.column);
    assignments.push(assignment);
  }
  checker.columns = kept;
  return [
    { kind: "extend", assignments },
    { kind: "select", columns: [...kept.values()] },
  ];
}

function assign(
  checker: ExpressionChecker,
  named: Named,
  taken: ReadonlyMap<string, PlanColumn>,
): PlanAssignment {
  const value = checker.check(named.value);
  const name = named.name?.name ?? freeName(named.value, taken);
  return { column: { name, type: value.type, source: sourceOf(value) }, value };
}

function requireRoom(checker: ExpressionChecker, named: Named): void {
  if (checker.columns.size > QUERY_LIMITS.columns) {
    checker.fail("QUERY_LIMIT", `There are more than ${QUERY_LIMITS.columns} columns.`, named.range);
  }
}

function projectAway(checker: ExpressionChecker, patterns: readonly Name[]): readonly PlanStep[] {
  const kept = new Map(checker.columns);
  for (const pattern of patterns) {
    const prefix = pattern.name.endsWith("*") ? pattern.name.slice(0, -1) : undefined;
    const gone = [...kept.keys()].filter((name) =>
      prefix === undefined ? name === pattern.name : name.startsWith(prefix),
    );
    if (gone.length === 0) checker.fail("QUERY_FIELD", unknownColumn(pattern, kept), pattern.range);
    for (const name of gone) kept.delete(name);
  }
  const [last] = patterns.slice(-1);
  if (kept.size === 0 && last) checker.fail("QUERY_TYPE", "No column would be left.", last.range);
  checker.columns = kept;
  return [{ kind: "select", columns: [...kept.values()] }];
}

function sortKey(checker: ExpressionChecker, key: SortKey): PlanSortKey {
  const value = checker.check(key.value);
  if (value.type === "list" || value.type === "map") {
    checker.fail("QUERY_TYPE", `Rows cannot be sorted by ${typeWords(value.type)}.`, key.range);
  }
  return { value, descending: key.descending };
}
