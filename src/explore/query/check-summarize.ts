/** `summarize … by …` and `distinct …`: groups, what is computed over each, and sums over those. */
import { AGGREGATES, checkAggregate } from "./aggregates.ts";
import type { Call, Named } from "./ast.ts";
import { typeWords } from "./build.ts";
import type { ExpressionChecker } from "./check-expression.ts";
import { freeName, sourceOf } from "./check-names.ts";
import type { TextRange } from "./error.ts";
import type { PlanAggregate, PlanAssignment, PlanColumn, PlanExpression, PlanStep } from "./plan.ts";
import { didYouMean } from "./suggest.ts";

export function checkSummarize(
  checker: ExpressionChecker,
  aggregates: readonly Named[],
  by: readonly Named[],
  range: TextRange,
): readonly PlanStep[] {
  if (aggregates.length === 0 && by.length === 0) {
    checker.fail("QUERY_SYNTAX", "Say what to compute: summarize n = count() by http.route.", range);
  }
  const out = new Map<string, PlanColumn>();
  const groups = by.map((named) => group(checker, named, out));
  const computed: PlanAggregate[] = [];
  const after: PlanAssignment[] = [];
  for (const named of aggregates) {
    const columns = topLevel(checker, named, computed, out) ?? [
      expression(checker, named, computed, after, out),
    ];
    for (const column of columns) add(checker, column, out, named.range);
  }
  checker.columns = out;
  const step: PlanStep = { kind: "aggregate", by: groups, aggregates: computed };
  if (after.length === 0) return [step];
  return [step, { kind: "extend", assignments: after }, { kind: "select", columns: [...out.values()] }];
}

function add(
  checker: ExpressionChecker,
  column: PlanColumn,
  out: Map<string, PlanColumn>,
  range: TextRange,
): void {
  if (out.has(column.name)) {
    checker.fail("QUERY_TYPE", `There are two columns ${column.name}; name one otherwise.`, range);
  }
  out.set(column.name, column);
}

function group(checker: ExpressionChecker, named: Named, out: Map<string, PlanColumn>): PlanAssignment {
  const value = checker.check(named.value);
  if (value.type === "list" || value.type === "map") {
    checker.fail("QUERY_TYPE", `Rows cannot be grouped by ${typeWords(value.type)}.`, named.range);
  }
  const name = named.name?.name ?? freeName(named.value, out);
  const column: PlanColumn = { name, type: value.type, source: sourceOf(value) };
  add(checker, column, out, named.range);
  return { column, value };
}

/** An aggregate by itself, which may give several columns. */
function topLevel(
  checker: ExpressionChecker,
  named: Named,
  computed: PlanAggregate[],
  out: ReadonlyMap<string, PlanColumn>,
): readonly PlanColumn[] | undefined {
  const { value } = named;
  const entry = value.kind === "call" ? AGGREGATES.get(value.name.name.toLowerCase()) : undefined;
  if (value.kind !== "call" || entry === undefined) return undefined;
  const results = checkAggregate(checker, entry, value, named.name?.name).map((result) => {
    // arg_max(x, *) names every column, those it groups by too.
    const named_ = out.has(result.column.name) && value.args.length > 1 && named.name === undefined;
    return named_ && value.args.some((item) => item.kind === "star") ? undefined : result;
  });
  const kept = results.filter((result) => result !== undefined);
  computed.push(...kept);
  return kept.map((result) => result.column);
}

/** Arithmetic over aggregates: `100 * countif(x) / count()`. */
function expression(
  checker: ExpressionChecker,
  named: Named,
  computed: PlanAggregate[],
  after: PlanAssignment[],
  out: ReadonlyMap<string, PlanColumn>,
): PlanColumn {
  const own = new Set<PlanColumn>();
  checker.readAggregate = (at: Call) => {
    const entry = AGGREGATES.get(at.name.name.toLowerCase());
    if (entry === undefined) return undefined;
    const outer = checker.readAggregate;
    checker.readAggregate = undefined;
    const [result, second] = checkAggregate(checker, entry, at, undefined);
    checker.readAggregate = outer;
    if (result === undefined || second !== undefined) {
      return checker.fail("QUERY_TYPE", `${entry.name} gives several columns; let it stand alone.`, at.range);
    }
    computed.push(result);
    own.add(result.column);
    return result.column;
  };
  const value = checker.check(named.value);
  checker.readAggregate = undefined;
  if (own.size === 0 || !readsOnly(value, own)) {
    const called = named.value.kind === "call" ? didYouMean(named.value.name.name, AGGREGATES.keys()) : "";
    const message = `Outside of an aggregate there is no single row to read; put it in one, or behind by.${called}`;
    checker.fail("QUERY_TYPE", message, named.range);
  }
  const name = named.name?.name ?? freeName(named.value, out);
  const column: PlanColumn = { name, type: value.type, source: undefined };
  after.push({ column, value });
  return column;
}

function readsOnly(value: PlanExpression, columns: ReadonlySet<PlanColumn>): boolean {
  if (value.kind === "column") return columns.has(value.column);
  return value.kind === "constant" || value.args.every((item) => readsOnly(item, columns));
}
