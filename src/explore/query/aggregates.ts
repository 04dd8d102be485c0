/** What `summarize` computes over the rows of a group. */
import { literalInteger } from "./arguments.ts";
import type { Call, Expression } from "./ast.ts";
import type { ExpressionChecker } from "./check-expression.ts";
import { plainName } from "./check-names.ts";
import { asText } from "./functions-text.ts";
import type { Aggregate, PlanAggregate, PlanColumn, PlanExpression, ValueType } from "./plan.ts";

export interface AggregateEntry {
  readonly name: string;
  readonly signature: string;
  readonly description: string;
  readonly arity: readonly [number, number];
  /** The last argument is a condition that rows must meet. */
  readonly conditional?: boolean;
  readonly aggregate: Aggregate;
  /** Types of its first argument; the first is what JSON becomes. */
  readonly takes?: readonly ValueType[];
  readonly gives: ValueType | "same";
}

const ANY: readonly ValueType[] = ["string", "number", "bool", "datetime", "timespan"];
const QUANTITIES: readonly ValueType[] = ["number", "timespan"];
const ORDERED: readonly ValueType[] = ["number", "timespan", "datetime", "string"];

const conditional = { conditional: true, arity: [2, 2] as const, signature: "(value, condition)" };
const single = { arity: [1, 1] as const, signature: "(value)" };

const ENTRIES: readonly AggregateEntry[] = [
  {
    name: "count",
    signature: "()",
    description: "Rows.",
    arity: [0, 0],
    aggregate: "count",
    gives: "number",
  },
  {
    name: "countif",
    signature: "(condition)",
    description: "Rows that meet a condition.",
    arity: [1, 1],
    conditional: true,
    aggregate: "count",
    gives: "number",
  },
  { name: "sum", description: "The sum.", aggregate: "sum", takes: QUANTITIES, gives: "same", ...single },
  {
    name: "sumif",
    description: "The sum where a condition holds.",
    aggregate: "sum",
    takes: QUANTITIES,
    gives: "same",
    ...conditional,
  },
  { name: "avg", description: "The mean.", aggregate: "avg", takes: QUANTITIES, gives: "same", ...single },
  {
    name: "avgif",
    description: "The mean where a condition holds.",
    aggregate: "avg",
    takes: QUANTITIES,
    gives: "same",
    ...conditional,
  },
  {
    name: "min",
    description: "The least value.",
    aggregate: "min",
    takes: ORDERED,
    gives: "same",
    ...single,
  },
  {
    name: "max",
    description: "The greatest value.",
    aggregate: "max",
    takes: ORDERED,
    gives: "same",
    ...single,
  },
  {
    name: "stdev",
    description: "The standard deviation.",
    aggregate: "stdev",
    takes: ["number"],
    gives: "number",
    ...single,
  },
  {
    name: "dcount",
    description: "How many different values, to within a few percent.",
    aggregate: "dcount",
    takes: ANY,
    gives: "number",
    ...single,
  },
  {
    name: "dcountif",
    description: "How many different values where a condition holds.",
    aggregate: "dcount",
    takes: ANY,
    gives: "number",
    ...conditional,
  },
  {
    name: "percentile",
    signature: "(value, percent)",
    description: "The value below which so many percent are.",
    arity: [2, 2],
    aggregate: "percentile",
    takes: QUANTITIES,
    gives: "same",
  },
  {
    name: "percentiles",
    signature: "(value, percent, …)",
    description: "Several percentiles, a column each.",
    arity: [2, 11],
    aggregate: "percentile",
    takes: QUANTITIES,
    gives: "same",
  },
  {
    name: "make_set",
    signature: "(value, most)",
    description: "The different values as a list, at most 100 unless said.",
    arity: [1, 2],
    aggregate: "make-set",
    takes: ANY,
    gives: "list",
  },
  {
    name: "make_list",
    signature: "(value, most)",
    description: "The values as a list, at most 100 unless said.",
    arity: [1, 2],
    aggregate: "make-list",
    takes: ANY,
    gives: "list",
  },
  {
    name: "take_any",
    description: "The value of any one row.",
    aggregate: "take-any",
    takes: ANY,
    gives: "same",
    arity: [1, 64],
    signature: "(value, …)",
  },
  {
    name: "arg_max",
    signature: "(value, column, …)",
    description: "The row with the greatest value: that value and the columns named, or * for all.",
    arity: [1, 64],
    aggregate: "arg-max",
    takes: ORDERED,
    gives: "same",
  },
  {
    name: "arg_min",
    signature: "(value, column, …)",
    description: "The row with the least value: that value and the columns named, or * for all.",
    arity: [1, 64],
    aggregate: "arg-min",
    takes: ORDERED,
    gives: "same",
  },
];

export const AGGREGATES: ReadonlyMap<string, AggregateEntry> = new Map(
  ENTRIES.map((entry) => [entry.name, entry]),
);

/** Most values of one set or list. */
const MOST_VALUES = 1_000;

/** @returns one result for most; several for percentiles, take_any, arg_max and arg_min */
export function checkAggregate(
  checker: ExpressionChecker,
  entry: AggregateEntry,
  at: Call,
  name: string | undefined,
): readonly PlanAggregate[] {
  const [fewest, most] = entry.arity;
  if (at.args.length < fewest || at.args.length > most) {
    const message = `${entry.name} takes ${entry.signature}; here are ${at.args.length} arguments.`;
    checker.fail("QUERY_TYPE", message, at.range);
  }
  switch (entry.aggregate) {
    case "percentile":
      return percentiles(checker, entry, at, name);
    case "take-any":
      return at.args.map((value, index) => {
        const checked = firstValue(checker, entry, value);
        return result(entry.aggregate, (index === 0 ? name : undefined) ?? plainName(value), checked.type, [
          checked,
        ]);
      });
    case "arg-max":
    case "arg-min":
      return extremes(checker, entry, at, name);
    default:
      return [simple(checker, entry, at, name)];
  }
}

function simple(
  checker: ExpressionChecker,
  entry: AggregateEntry,
  at: Call,
  name: string | undefined,
): PlanAggregate {
  const [first, second] = at.args;
  const value = entry.takes && first ? firstValue(checker, entry, first) : undefined;
  const conditionAt = entry.conditional ? (entry.takes ? second : first) : undefined;
  const isList = entry.gives === "list";
  const given = entry.gives === "same" ? (value?.type ?? "number") : entry.gives;
  const elements = isList && value && first ? asText(checker, value, first) : value;
  return {
    ...result(entry.aggregate, name ?? defaultName(entry.name, first), given, elements ? [elements] : []),
    condition: conditionAt && checker.condition(conditionAt),
    parameter: isList
      ? second
        ? literalInteger(checker, second, "The most values", 1, MOST_VALUES)
        : 100
      : undefined,
  };
}

function percentiles(
  checker: ExpressionChecker,
  entry: AggregateEntry,
  at: Call,
  name: string | undefined,
): readonly PlanAggregate[] {
  const [first, ...percents] = at.args;
  if (first === undefined) return [];
  const value = firstValue(checker, entry, first);
  return percents.map((percent) => {
    if (percent.kind !== "number" || percent.value < 0 || percent.value > 100) {
      return checker.fail("QUERY_TYPE", "A percentile is a number from 0 to 100.", percent.range);
    }
    const base = name === undefined ? defaultName("percentile", first) : name;
    const named = name !== undefined && percents.length === 1 ? name : `${base}_${percent.value}`;
    return { ...result("percentile", named, value.type, [value]), parameter: percent.value };
  });
}

function extremes(
  checker: ExpressionChecker,
  entry: AggregateEntry,
  at: Call,
  name: string | undefined,
): readonly PlanAggregate[] {
  const [first, ...others] = at.args;
  if (first === undefined) return [];
  const value = firstValue(checker, entry, first);
  const extreme = entry.aggregate === "arg-max" ? "max" : "min";
  const columns = others.flatMap((other): readonly Expression[] =>
    other.kind === "star" ? everyOther(checker, first, other) : [other],
  );
  return [
    result(extreme, name ?? plainName(first), value.type, [value]),
    ...columns.map((other) => {
      const checked = checker.check(other);
      return result(entry.aggregate, plainName(other), checked.type, [checked, value]);
    }),
  ];
}

function everyOther(checker: ExpressionChecker, but: Expression, star: Expression): readonly Expression[] {
  const names = [...checker.columns.keys()].filter((name) => but.kind !== "name" || name !== but.name);
  return names.map((name) => ({ kind: "name", name, range: star.range }));
}

function firstValue(checker: ExpressionChecker, entry: AggregateEntry, at: Expression): PlanExpression {
  return checker.as(at, entry.takes ?? ANY);
}

function result(
  aggregate: Aggregate,
  name: string,
  type: ValueType,
  args: readonly PlanExpression[],
): PlanAggregate {
  const column: PlanColumn = { name, type, source: undefined };
  return { column, aggregate, args, condition: undefined, parameter: undefined };
}

/** `count_`, `sum_duration_ms`, `dcount_client.address`, as Kusto names them. */
function defaultName(name: string, value: Expression | undefined): string {
  return `${name}_${value?.kind === "name" ? value.name : ""}`;
}
