/** What `summarize` computes, in ClickHouse SQL. */
import type { Aggregate, PlanAggregate } from "../../explore/query/plan.ts";
import type { SqlWriter } from "./expression.ts";

/** Functions of one value. A quantile is exact for up to 8,192 values and a sample of as many beyond. */
const FUNCTIONS: Readonly<Record<Aggregate, string>> = {
  count: "count",
  sum: "sum",
  avg: "avg",
  min: "min",
  max: "max",
  dcount: "uniq",
  percentile: "quantile",
  stdev: "stddevSamp",
  "make-set": "groupUniqArray",
  "make-list": "groupArray",
  "take-any": "any",
  "arg-max": "argMax",
  "arg-min": "argMin",
};

export function aggregateSql(writer: SqlWriter, aggregate: PlanAggregate): string {
  const args = aggregate.args.map((value) => writer.value(value));
  const suffix = aggregate.condition === undefined ? "" : "If";
  const parameter = parameterOf(aggregate);
  if (aggregate.condition !== undefined) args.push(writer.condition(aggregate.condition));
  const called = `${FUNCTIONS[aggregate.aggregate]}${suffix}${parameter}(${args.join(", ")})`;
  switch (aggregate.aggregate) {
    case "sum":
    case "avg":
    case "stdev":
    case "percentile":
      return `ifNotFinite(toFloat64(${called}), NULL)`;
    case "make-set":
      return `arraySort(${called})`;
    case "arg-max":
    case "arg-min": {
      // In a tuple, a missing value counts as the value of its row; bare, the row would be passed over.
      const [value, by] = args;
      return `tupleElement(${FUNCTIONS[aggregate.aggregate]}(tuple(${value}), ${by}), 1)`;
    }
    default:
      return called;
  }
}

/** Numbers that the checker has held to a range: parameters of aggregate functions must stand in the SQL. */
function parameterOf(aggregate: PlanAggregate): string {
  if (aggregate.parameter === undefined) return "";
  const level = aggregate.aggregate === "percentile" ? aggregate.parameter / 100 : aggregate.parameter;
  return `(${Number(level)})`;
}
