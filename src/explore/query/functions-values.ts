/** Functions of times, numbers and conditions. */
import { argument, literalInteger } from "./arguments.ts";
import type { Expression } from "./ast.ts";
import { call, constant, not, typeWords } from "./build.ts";
import type { ExpressionChecker } from "./check-expression.ts";
import type { FunctionEntry } from "./functions.ts";
import { parseDatetime } from "./literals.ts";
import type { Operation, PlanExpression } from "./plan.ts";

export const VALUE_FUNCTIONS: readonly FunctionEntry[] = [
  {
    name: "now",
    signature: "(timespan)",
    description: "The time at which the query was asked, plus a timespan.",
    arity: [0, 1],
    check: (checker, args) => constant("datetime", moment(checker, args[0], 1)),
  },
  {
    name: "ago",
    signature: "(timespan)",
    description: "A timespan before the query was asked.",
    arity: [1, 1],
    check: (checker, args) => constant("datetime", moment(checker, args[0], -1)),
  },
  {
    name: "datetime",
    signature: "(time)",
    description: "A time: datetime(2026-03-01), datetime(2026-03-01T10:30:00Z). Without a zone it is UTC.",
    arity: [1, 1],
    check: (checker, args) => {
      const written = argument(args, 0);
      const time = written.kind === "string" ? parseDatetime(written.value) : undefined;
      if (time !== undefined) return constant("datetime", time);
      return checker.fail("QUERY_TYPE", "Write datetime(2026-03-01T10:30:00Z).", written.range);
    },
  },
  {
    name: "bin",
    signature: "(value, step)",
    description: "The value rounded down to a multiple of the step: bin(timestamp, 5m).",
    arity: [2, 2],
    check: bin,
  },
  {
    name: "iff",
    signature: "(condition, then, otherwise)",
    description: "One of two values.",
    arity: [3, 3],
    check: (checker, args) => choose(checker, args),
  },
  {
    name: "case",
    signature: "(condition, then, …, otherwise)",
    description: "The value behind the first condition that holds.",
    arity: [3, 63],
    check: (checker, args, at) => {
      if (args.length % 2 === 0)
        checker.fail("QUERY_TYPE", "case ends with the value for all else.", at.range);
      return choose(checker, args);
    },
  },
  {
    name: "coalesce",
    signature: "(value, …)",
    description: "The first value that is not missing or empty.",
    arity: [2, 16],
    check: (checker, args) => {
      const values = sameType(checker, args);
      const [first, ...rest] = values;
      return rest.reduce(
        (found, next) => call("coalesce", next.type, [found, next]),
        first ?? constant("string", ""),
      );
    },
  },
  ...["isempty", "isnull"].map((name): FunctionEntry => missing(name, true)),
  ...["isnotempty", "isnotnull"].map((name): FunctionEntry => missing(name, false)),
  rounding("floor", "floor", "The number rounded down."),
  rounding("ceiling", "ceiling", "The number rounded up."),
  rounding("abs", "absolute", "The number without its sign."),
  {
    name: "round",
    signature: "(number, digits)",
    description: "The number rounded to some digits after the point, 0 unless said.",
    arity: [1, 2],
    check: (checker, args) => {
      const value = checker.as(argument(args, 0), ["number"]);
      const digits = args.length > 1 ? literalInteger(checker, args[1], "The number of digits", 0, 12) : 0;
      const scale = constant("number", 10 ** digits);
      const half = call("add", "number", [
        call("multiply", "number", [value, scale]),
        constant("number", 0.5),
      ]);
      return call("divide", "number", [call("floor", "number", [half]), scale]);
    },
  },
  calendar("hourofday", "hour", "The hour of a time in UTC, 0 to 23."),
  calendar("dayofweek", "weekday", "The day of the week of a time in UTC; Sunday is 0."),
];

function moment(checker: ExpressionChecker, argument: Expression | undefined, sign: 1 | -1): number {
  if (argument === undefined) return checker.now;
  if (argument.kind === "timespan") return checker.now + sign * argument.value;
  return checker.fail("QUERY_TYPE", "Write a timespan: 30s, 5m, 1h, 7d.", argument.range);
}

function bin(checker: ExpressionChecker, args: readonly Expression[]): PlanExpression {
  const value = checker.as(argument(args, 0), ["datetime", "number", "timespan"]);
  const step = argument(args, 1);
  const wanted = value.type === "number" ? "number" : "timespan";
  if (step.kind !== wanted || step.value <= 0) {
    return checker.fail(
      "QUERY_TYPE",
      `The step is ${typeWords(wanted)} above zero, written out.`,
      step.range,
    );
  }
  if (value.type !== "datetime") return call("bin", value.type, [value, constant(wanted, step.value)]);
  if (!Number.isInteger(step.value)) {
    return checker.fail("QUERY_TYPE", "The step of a time is in whole milliseconds.", step.range);
  }
  return call("bin-time", "datetime", [value], [step.value]);
}

/** `condition, value, condition, value, …, otherwise`. */
function choose(checker: ExpressionChecker, args: readonly Expression[]): PlanExpression {
  const conditions = args.filter((_, index) => index % 2 === 0 && index < args.length - 1);
  const outcomes = args.filter((_, index) => index % 2 === 1 || index === args.length - 1);
  const values = sameType(checker, outcomes);
  let chosen = values.at(-1) ?? constant("string", "");
  for (let i = conditions.length - 1; i >= 0; i--) {
    chosen = call("if", chosen.type, [
      checker.condition(argument(conditions, i)),
      values[i] ?? chosen,
      chosen,
    ]);
  }
  return chosen;
}

function sameType(checker: ExpressionChecker, args: readonly Expression[]): readonly PlanExpression[] {
  const values = args.map((item) => checker.check(item));
  const typed = values.find((value) => value.type !== "json") ?? constant("string", "");
  return values.map((value, index) => {
    const at = argument(args, index);
    if (typed.type === "list" || typed.type === "map")
      checker.fail("QUERY_TYPE", "Choose between single values.", at.range);
    const converted = checker.converted(value, [typed.type], at.range);
    return converted.type === "json" ? { ...converted, type: "string" } : converted;
  });
}

function missing(name: string, positive: boolean): FunctionEntry {
  return {
    name,
    signature: "(value)",
    description: positive
      ? "Whether a value is missing or empty."
      : "Whether a value is there and not empty.",
    arity: [1, 1],
    check: (checker, args) => {
      const empty = call("missing", "bool", [checker.check(argument(args, 0))]);
      return positive ? empty : not(empty);
    },
  };
}

function rounding(name: string, operation: Operation, description: string): FunctionEntry {
  return {
    name,
    signature: "(number)",
    description,
    arity: [1, 1],
    check: (checker, args) => call(operation, "number", [checker.as(argument(args, 0), ["number"])]),
  };
}

function calendar(name: string, operation: Operation, description: string): FunctionEntry {
  return {
    name,
    signature: "(time)",
    description,
    arity: [1, 1],
    check: (checker, args) => call(operation, "number", [checker.as(argument(args, 0), ["datetime"])]),
  };
}
