/** Each operation of the language over values at hand. Meanings are those of store/sql/operations.ts. */
import type { ApiEvent, Finding } from "../../event.ts";
import { isWithin, parseAddress } from "./address-range.ts";
import { foldAscii, folderFor, isAscii } from "./fold.ts";
import { readJsonPath } from "./json-path.ts";
import { QUERY_LIMITS } from "./limits.ts";
import type { AddressRange, Operation, PlanExpression } from "./plan.ts";
import { compileRegex } from "./regex.ts";
import { isSearchedWhole } from "./search.ts";
import { finite, numberText, parseNumber, TIME_BOUNDS } from "./values.ts";
import { hasWord } from "./words.ts";

/** null: a missing number, time or timespan. */
export type Value = string | number | boolean | null | readonly string[] | Readonly<Record<string, string>>;

export interface LiveEvent {
  readonly event: ApiEvent;
  readonly findings: readonly Finding[];
}

export type Evaluate = (row: LiveEvent) => Value;

type Call = PlanExpression & { kind: "call" };
type Evaluator = (args: readonly Evaluate[], call: Call) => Evaluate;

export const EVALUATORS: Readonly<Record<Operation, Evaluator>> = {
  and: (args) => (row) => args.every((item) => item(row) === true),
  or: (args) => (row) => args.some((item) => item(row) === true),
  not:
    ([value = none]) =>
    (row) =>
      value(row) !== true,
  equal: compared((a, b) => a === b),
  less: compared((a, b) => a < b),
  "less-or-equal": compared((a, b) => a <= b),
  between:
    ([value = none, from = none, to = none]) =>
    (row) => {
      const [found, low, high] = [value(row), from(row), to(row)];
      if (typeof found !== "number" || typeof low !== "number" || typeof high !== "number") return false;
      return low <= found && found <= high;
    },
  "equal-fold": folded((text, wanted) => text === wanted),
  in: ([value = none], call) => {
    const values = new Set<Value>(details(call));
    return (row) => values.has(value(row));
  },
  "in-fold": ([value = none], call) => {
    const wanted = details(call).map(String);
    const fold = wanted.every(isAscii) ? foldAscii : (text: string) => text.toLowerCase();
    const values = new Set(wanted.map((item) => item.toLowerCase()));
    return (row) => values.has(fold(text(value(row))));
  },
  contains: texts((value, part) => value.includes(part)),
  "contains-fold": folded((value, part) => value.includes(part)),
  starts: texts((value, part) => value.startsWith(part)),
  "starts-fold": folded((value, part) => value.startsWith(part)),
  ends: texts((value, part) => value.endsWith(part)),
  "ends-fold": folded((value, part) => value.endsWith(part)),
  has: ([value = none], call) => {
    const needle = detail(call);
    return (row) => hasWord(text(value(row)), needle);
  },
  "has-fold": ([value = none], call) => {
    const fold = folderFor(detail(call));
    const needle = detail(call).toLowerCase();
    return (row) => hasWord(fold(text(value(row))), needle);
  },
  matches: ([value = none], call) => {
    const expression = compileRegex(detail(call));
    return (row) => expression.test(text(value(row)));
  },
  search: (values, call) => {
    const fold = folderFor(detail(call));
    const needle = detail(call).toLowerCase();
    const isIn: (text: string) => boolean = isSearchedWhole(detail(call))
      ? (text) => hasWord(fold(text), needle)
      : (text) => fold(text).includes(needle);
    return (row) =>
      values.some((value, i) => {
        const found = value(row);
        if (isWholeColumn(call.args[i])) return found === detail(call);
        const texts = typeof found === "string" ? [found] : list(found);
        return texts.some(isIn);
      });
  },
  "any-equal":
    ([value = none], call) =>
    (row) =>
      list(value(row)).includes(detail(call)),
  "any-equal-fold": ([value = none], call) => {
    const fold = folderFor(detail(call));
    const needle = detail(call).toLowerCase();
    return (row) => list(value(row)).some((item) => fold(item) === needle);
  },
  "any-contains-fold": ([value = none], call) => {
    const fold = folderFor(detail(call));
    const needle = detail(call).toLowerCase();
    return (row) => list(value(row)).some((item) => fold(item).includes(needle));
  },
  "in-address-ranges": ([value = none], call) => {
    const ranges = call.detail as readonly AddressRange[];
    return (row) => {
      const address = parseAddress(text(value(row)));
      return address !== undefined && ranges.some((range) => isWithin(address, range));
    };
  },
  add: numbers((a, b) => a + b),
  subtract: numbers((a, b) => a - b),
  multiply: numbers((a, b) => a * b),
  divide: numbers((a, b) => a / b),
  modulo: numbers((a, b) => a - Math.trunc(a / b) * b),
  bin: numbers((value, step) => Math.floor(value / step) * step),
  shift: numbers((time, by) =>
    Math.trunc(Math.min(Math.max(time + by, TIME_BOUNDS.first), TIME_BOUNDS.last)),
  ),
  elapsed: numbers((a, b) => a - b),
  "bin-time": (args, call) => {
    const [step = 1] = details(call).map(Number);
    return number((time) => Math.floor(time / step) * step)(args, call);
  },
  if:
    ([condition = none, then = none, otherwise = none]) =>
    (row) =>
      condition(row) === true ? then(row) : otherwise(row),
  missing:
    ([value = none]) =>
    (row) =>
      isMissing(value(row)),
  coalesce:
    ([first = none, second = none]) =>
    (row) => {
      const value = first(row);
      return isMissing(value) ? second(row) : value;
    },
  floor: number(Math.floor),
  ceiling: number(Math.ceil),
  truncate: number(Math.trunc),
  absolute: number(Math.abs),
  hour: number((time) => new Date(time).getUTCHours()),
  weekday: number((time) => new Date(time).getUTCDay()),
  length:
    ([value = none]) =>
    (row) =>
      characters(text(value(row))).length,
  lower:
    ([value = none]) =>
    (row) =>
      text(value(row)).toLowerCase(),
  upper:
    ([value = none]) =>
    (row) =>
      text(value(row)).toUpperCase(),
  concatenate: (args) => (row) => cut(args.map((item) => text(item(row))).join("")),
  substring: ([value = none], call) => {
    const [start = 0, length = 0] = details(call).map(Number);
    return (row) =>
      characters(text(value(row)))
        .slice(start, start + length)
        .join("");
  },
  extract: ([value = none], call) => {
    const [source = "", group = 0] = details(call);
    const expression = compileRegex(String(source));
    return (row) => {
      const match = expression.matcher(text(value(row)));
      return match.find() ? (match.group(Number(group)) ?? "") : "";
    };
  },
  split:
    ([value = none], call) =>
    (row) =>
      text(value(row)).split(detail(call)),
  item: ([value = none], call) => {
    const [position = 0] = details(call).map(Number);
    return (row) => list(value(row)).at(position) ?? "";
  },
  "count-items":
    ([value = none]) =>
    (row) =>
      list(value(row)).length,
  entry:
    ([value = none], call) =>
    (row) => {
      const map = value(row) as Readonly<Record<string, string>>;
      return Object.hasOwn(map, detail(call)) ? (map[detail(call)] ?? "") : "";
    },
  path: ([value = none], call) => {
    const keys = details(call);
    return keys.length === 0 ? value : (row) => readJsonPath(text(value(row)), keys);
  },
  "parse-number":
    ([value = none]) =>
    (row) =>
      parseNumber(text(value(row))),
  "number-text":
    ([value = none]) =>
    (row) => {
      const found = value(row);
      return typeof found === "number" ? numberText(found) : "";
    },
  "bool-text":
    ([value = none]) =>
    (row) =>
      String(value(row) === true),
  "time-text":
    ([value = none]) =>
    (row) => {
      const time = value(row);
      return typeof time === "number" ? new Date(time).toISOString() : "";
    },
};

const none: Evaluate = () => null;

const text = (value: Value): string => (typeof value === "string" ? value : "");
const characters = (value: string): readonly string[] => Array.from(value);

/** To the most characters that a text put together may have. */
function cut(value: string): string {
  return value.length <= QUERY_LIMITS.text ? value : characters(value).slice(0, QUERY_LIMITS.text).join("");
}

function list(value: Value): readonly string[] {
  if (Array.isArray(value)) return value as readonly string[];
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

export function isWholeColumn(value: PlanExpression | undefined): boolean {
  return value?.kind === "column" && value.column.source?.searched === "whole";
}

function detail(call: Call): string {
  return typeof call.detail === "string" ? call.detail : "";
}

function details(call: Call): readonly (string | number)[] {
  return Array.isArray(call.detail) ? (call.detail as readonly (string | number)[]) : [];
}

function isMissing(value: Value): boolean {
  if (value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** False where either side is missing. */
function compared(
  compare: (a: string | number | boolean, b: string | number | boolean) => boolean,
): Evaluator {
  return ([left = none, right = none]) =>
    (row) => {
      const a = left(row);
      const b = right(row);
      if (a === null || b === null || typeof a === "object" || typeof b === "object") return false;
      return compare(a, b);
    };
}

function texts(test: (value: string, wanted: string) => boolean): Evaluator {
  return ([left = none, right = none]) =>
    (row) =>
      test(text(left(row)), text(right(row)));
}

/** The needle decides how case is folded when it is written out; otherwise only A to Z are. */
function folded(test: (value: string, wanted: string) => boolean): Evaluator {
  return ([left = none, right = none], call) => {
    const [, wanted] = call.args;
    if (wanted?.kind !== "constant")
      return (row) => test(foldAscii(text(left(row))), foldAscii(text(right(row))));
    const needle = String(wanted.value).toLowerCase();
    const fold = folderFor(String(wanted.value));
    return (row) => test(fold(text(left(row))), needle);
  };
}

/** Missing where an argument is, or where the result is no finite number. */
function numbers(compute: (a: number, b: number) => number): Evaluator {
  return ([left = none, right = none]) =>
    (row) => {
      const a = left(row);
      const b = right(row);
      return typeof a === "number" && typeof b === "number" ? finite(compute(a, b)) : null;
    };
}

function number(compute: (value: number) => number): Evaluator {
  return ([value = none]) =>
    (row) => {
      const found = value(row);
      return typeof found === "number" ? finite(compute(found)) : null;
    };
}
