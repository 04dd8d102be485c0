/** Functions of texts. */
import { argument, literalInteger, literalText } from "./arguments.ts";
import type { Expression } from "./ast.ts";
import { call, constant } from "./build.ts";
import type { ExpressionChecker } from "./check-expression.ts";
import type { FunctionEntry } from "./functions.ts";
import type { PlanExpression } from "./plan.ts";
import { checkRegex } from "./regex.ts";

export const TEXT_FUNCTIONS: readonly FunctionEntry[] = [
  {
    name: "strlen",
    signature: "(text)",
    description: "How many characters a text has.",
    arity: [1, 1],
    check: (checker, args) => call("length", "number", [text(checker, args, 0)]),
  },
  {
    name: "tolower",
    signature: "(text)",
    description: "The text in lower case.",
    arity: [1, 1],
    check: (checker, args) => call("lower", "string", [text(checker, args, 0)]),
  },
  {
    name: "toupper",
    signature: "(text)",
    description: "The text in upper case.",
    arity: [1, 1],
    check: (checker, args) => call("upper", "string", [text(checker, args, 0)]),
  },
  {
    name: "strcat",
    signature: "(value, …)",
    description: "The values one after the other, as one text.",
    arity: [1, 64],
    check: (checker, args) =>
      call(
        "concatenate",
        "string",
        args.map((_, index) => anyAsText(checker, args, index)),
      ),
  },
  {
    name: "substring",
    signature: "(text, start, length)",
    description: "A part of a text, by characters from 0; without a length, the rest.",
    arity: [2, 3],
    check: (checker, args) => {
      const start = literalInteger(checker, args[1], "The start", 0, 1_000_000);
      const length =
        args.length > 2 ? literalInteger(checker, args[2], "The length", 0, 1_000_000) : 1_000_000;
      return call("substring", "string", [text(checker, args, 0)], [start, length]);
    },
  },
  {
    name: "split",
    signature: '(text, "separator", position)',
    description: "The parts of a text between separators, as a list; with a position, that part.",
    arity: [2, 3],
    check: (checker, args) => {
      const separator = literalText(checker, args[1], "The separator");
      if (separator === "") checker.fail("QUERY_TYPE", "The separator is empty.", argument(args, 1).range);
      const parts = call("split", "list", [text(checker, args, 0)], separator);
      if (args.length === 2) return parts;
      return call(
        "item",
        "string",
        [parts],
        [literalInteger(checker, args[2], "The position", -10_000, 10_000)],
      );
    },
  },
  {
    name: "extract",
    signature: '("expression", group, text)',
    description: "What a regular expression's group matched in a text; empty when nothing did.",
    arity: [3, 3],
    check: (checker, args) => {
      const expression = checkRegex(checker, argument(args, 0));
      const group = literalInteger(checker, args[1], "The group", 0, 32);
      return call("extract", "string", [text(checker, args, 2)], [expression, group]);
    },
  },
  {
    name: "array_length",
    signature: "(list)",
    description: "How many texts a list has.",
    arity: [1, 1],
    check: (checker, args) => call("count-items", "number", [checker.as(argument(args, 0), ["list"])]),
  },
  {
    name: "parse_json",
    signature: "(text)",
    description: 'A text read as JSON: parse_json(url.query).user["first name"][0].',
    arity: [1, 1],
    check: (checker, args) => {
      const value = checker.as(argument(args, 0), ["string"]);
      // A path into the result starts anew; it does not go on from a path inside of it.
      return call("path", "json", [value], []);
    },
  },
  {
    name: "tostring",
    signature: "(value)",
    description: "A value as text.",
    arity: [1, 1],
    check: (checker, args) => anyAsText(checker, args, 0),
  },
  {
    name: "toint",
    signature: "(value)",
    description: "A whole number: read from a text, or cut from a number; missing when there is none.",
    arity: [1, 1],
    check: toWhole,
  },
  {
    name: "tolong",
    signature: "(value)",
    description: "The same as toint().",
    arity: [1, 1],
    check: toWhole,
  },
  {
    name: "todouble",
    signature: "(value)",
    description: "A number, read from a text; missing when there is none.",
    arity: [1, 1],
    check: (checker, args) => asNumber(checker, args),
  },
];

function toWhole(checker: ExpressionChecker, args: readonly Expression[]): PlanExpression {
  return call("truncate", "number", [asNumber(checker, args)]);
}

function asNumber(checker: ExpressionChecker, args: readonly Expression[]): PlanExpression {
  const value = checker.as(argument(args, 0), ["number", "string", "bool"]);
  if (value.type === "number") return value;
  if (value.type === "bool")
    return call("if", "number", [value, constant("number", 1), constant("number", 0)]);
  return call("parse-number", "number", [value]);
}

function text(checker: ExpressionChecker, args: readonly Expression[], index: number): PlanExpression {
  return checker.as(argument(args, index), ["string"]);
}

function anyAsText(checker: ExpressionChecker, args: readonly Expression[], index: number): PlanExpression {
  const expression = argument(args, index);
  return asText(checker, checker.check(expression), expression);
}

export function asText(checker: ExpressionChecker, value: PlanExpression, at: Expression): PlanExpression {
  switch (value.type) {
    case "string":
      return value;
    case "json":
      return { ...value, type: "string" };
    case "number":
      return call("number-text", "string", [value]);
    case "bool":
      return call("bool-text", "string", [value]);
    case "datetime":
      return call("time-text", "string", [value]);
    case "timespan":
      return checker.fail("QUERY_TYPE", "Divide a timespan by a unit to get a number: x / 1s.", at.range);
    case "list":
    case "map":
      return checker.fail("QUERY_TYPE", 'Name one of its texts: list[0], headers["host"].', at.range);
  }
}
