/** Each operation of the language in ClickHouse SQL. */
import { addressText } from "../../explore/query/address-range.ts";
import { constant } from "../../explore/query/build.ts";
import { isWholeColumn } from "../../explore/query/evaluate.ts";
import { isAscii } from "../../explore/query/fold.ts";
import { QUERY_LIMITS } from "../../explore/query/limits.ts";
import type { AddressRange, Detail, Operation, PlanExpression } from "../../explore/query/plan.ts";
import { regexSource } from "../../explore/query/regex.ts";
import { isSearchedWhole } from "../../explore/query/search.ts";
import { NUMBER_PATTERN, TIME_BOUNDS } from "../../explore/query/values.ts";
import { wordPattern } from "../../explore/query/words.ts";
import { readEventId } from "../events/batch-id.ts";
import { COMPARISONS, compare, type SqlWriter } from "./expression.ts";
import { identifier } from "./identifiers.ts";
import { searchSql } from "./word-index.ts";

type Args = readonly PlanExpression[];
type Write = (sql: SqlWriter, args: Args, detail: Detail) => string;

export const OPERATIONS: Readonly<Record<Operation, Write>> = {
  and: (sql, args) => sql.joined(args, " AND ", (term) => sql.value(term)),
  or: (sql, args) => sql.joined(args, " OR ", (term) => sql.value(term)),
  not: (sql, args) => `(NOT ${sql.value(at(args, 0))})`,
  equal: (sql, args, detail) => eventIs(sql, args) ?? comparison("equal")(sql, args, detail),
  less: comparison("less"),
  "less-or-equal": comparison("less-or-equal"),
  between: (sql, args) => {
    const [value, from, to] = [at(args, 0), at(args, 1), at(args, 2)];
    const inside = `${sql.value(value)} BETWEEN ${sql.value(from)} AND ${sql.value(to)}`;
    return [value, from, to].some(isNullable) ? `ifNull(${inside}, 0)` : `(${inside})`;
  },
  "equal-fold": folded((value, wanted) => `(${value} = ${wanted})`),
  in: isIn,
  "in-fold": (sql, args, detail) => {
    const [fold, values] = foldedList(texts(detail));
    return `(${fold}(${sql.value(at(args, 0))}) IN ${sql.parameters.add("Array(String)", values)})`;
  },
  contains: (sql, args) => `(position(${both(sql, args)}) > 0)`,
  "contains-fold": containsFolded,
  starts: (sql, args) => `startsWith(${both(sql, args)})`,
  "starts-fold": folded((value, wanted) => `startsWith(${value}, ${wanted})`),
  ends: (sql, args) => `endsWith(${both(sql, args)})`,
  "ends-fold": folded((value, wanted) => `endsWith(${value}, ${wanted})`),
  has: (sql, args, detail) => hasWord(sql, at(args, 0), text(detail), false),
  "has-fold": (sql, args, detail) => hasWord(sql, at(args, 0), text(detail), true),
  matches: (sql, args, detail) =>
    `match(${sql.value(at(args, 0))}, ${sql.parameters.text(regexSource(text(detail)))})`,
  search: (sql, args, detail) =>
    searchSql(sql, args, text(detail), (columns) =>
      sql.joined(columns, " OR ", (value) => searchOne(sql, value, text(detail))),
    ),
  "any-equal": (sql, args, detail) => `has(${sql.value(at(args, 0))}, ${sql.parameters.text(text(detail))})`,
  "any-equal-fold": (sql, args, detail) => {
    const [fold, wanted] = foldedText(text(detail));
    return anyOf(sql, at(args, 0), `${fold}(v) = ${sql.parameters.text(wanted)}`);
  },
  "any-contains-fold": (sql, args, detail) => {
    const [fold, wanted] = foldedText(text(detail));
    const needle = sql.parameters.text(wanted);
    // For A to Z there is a search that copies nothing.
    const found =
      fold === "lower" ? `positionCaseInsensitive(v, ${needle})` : `position(${fold}(v), ${needle})`;
    return anyOf(sql, at(args, 0), `${found} > 0`);
  },
  "in-address-ranges": inAddressRanges,
  add: (sql, args) => finite(`${sql.double(at(args, 0))} + ${sql.double(at(args, 1))}`),
  subtract: (sql, args) => finite(`${sql.double(at(args, 0))} - ${sql.double(at(args, 1))}`),
  multiply: (sql, args) => finite(`${sql.double(at(args, 0))} * ${sql.double(at(args, 1))}`),
  divide: (sql, args) => finite(`${sql.double(at(args, 0))} / nullIf(${sql.double(at(args, 1))}, 0)`),
  modulo: (sql, args) => {
    // Written out: the store's own % rounds otherwise than IEEE 754 says for large quotients.
    const [a, b] = [sql.double(at(args, 0)), sql.double(at(args, 1))];
    return finite(`${a} - trunc(${a} / nullIf(${b}, 0)) * ${b}`);
  },
  bin: (sql, args) => {
    const step = sql.double(at(args, 1));
    return finite(`floor(${sql.double(at(args, 0))} / ${step}) * ${step}`);
  },
  shift: (sql, args) => {
    const sum = `toFloat64(${milliseconds(sql, at(args, 0))}) + ${sql.double(at(args, 1))}`;
    // clamp() keeps NULL; greatest() and least() would pass over it.
    const clamped = `clamp(${sum}, toFloat64(${TIME_BOUNDS.first}), toFloat64(${TIME_BOUNDS.last}))`;
    return `fromUnixTimestamp64Milli(toInt64(${clamped}), 'UTC')`;
  },
  elapsed: (sql, args) => `toFloat64(${milliseconds(sql, at(args, 0))} - ${milliseconds(sql, at(args, 1))})`,
  "bin-time": (sql, args, detail) => {
    const value = milliseconds(sql, at(args, 0));
    const step = sql.parameters.number(numbers(detail)[0] ?? 1);
    return `fromUnixTimestamp64Milli(toInt64(floor(${value} / ${step}) * ${step}), 'UTC')`;
  },
  if: (sql, args) => {
    const [then, otherwise] = [at(args, 1), at(args, 2)].map((value) => alike(sql, value));
    return `if(${sql.condition(at(args, 0))}, ${then}, ${otherwise})`;
  },
  missing: (sql, args) => missing(sql, at(args, 0)),
  coalesce: (sql, args) => {
    const [first, second] = [at(args, 0), at(args, 1)].map((value) => alike(sql, value));
    return isText(at(args, 0)) ? `ifNull(nullIf(${first}, ''), ${second})` : `ifNull(${first}, ${second})`;
  },
  floor: (sql, args) => `floor(${sql.double(at(args, 0))})`,
  ceiling: (sql, args) => `ceil(${sql.double(at(args, 0))})`,
  truncate: (sql, args) => `trunc(${sql.double(at(args, 0))})`,
  absolute: (sql, args) => `abs(${sql.double(at(args, 0))})`,
  hour: (sql, args) => `toHour(${sql.value(at(args, 0))})`,
  weekday: (sql, args) => `(toDayOfWeek(${sql.value(at(args, 0))}) % 7)`,
  length: (sql, args) => `lengthUTF8(${sql.value(at(args, 0))})`,
  lower: (sql, args) => `lowerUTF8(${sql.value(at(args, 0))})`,
  upper: (sql, args) => `upperUTF8(${sql.value(at(args, 0))})`,
  concatenate: (sql, args) => {
    const whole = sql.joined(args, ", ", (value) => sql.value(value));
    return `substringUTF8(concat('', ${whole.slice(1, -1)}), 1, ${QUERY_LIMITS.text})`;
  },
  substring: (sql, args, detail) => {
    const [start = 0, length = 0] = numbers(detail);
    const place = `${sql.parameters.number(start + 1)}, ${sql.parameters.number(length)}`;
    return `substringUTF8(${sql.value(at(args, 0))}, ${place})`;
  },
  extract: (sql, args, detail) => {
    const [expression = "", group = 0] = keys(detail);
    const pattern = sql.parameters.text(regexSource(String(expression)));
    return `regexpExtract(${sql.value(at(args, 0))}, ${pattern}, ${sql.parameters.number(Number(group))})`;
  },
  split: (sql, args, detail) =>
    `splitByString(${sql.parameters.text(text(detail))}, ${sql.value(at(args, 0))})`,
  item: (sql, args, detail) => {
    const [position = 0] = numbers(detail);
    // The store counts from 1, and from the end below zero, as here.
    return `arrayElement(${sql.value(at(args, 0))}, ${sql.parameters.number(position >= 0 ? position + 1 : position)})`;
  },
  "count-items": (sql, args) => `length(${sql.value(at(args, 0))})`,
  entry: (sql, args, detail) => `${sql.value(at(args, 0))}[${sql.parameters.text(text(detail))}]`,
  path,
  "parse-number": (sql, args) => `toFloat64OrNull(extract(${sql.value(at(args, 0))}, '${NUMBER_PATTERN}'))`,
  "number-text": (sql, args) => `ifNull(toString(${sql.double(at(args, 0))}), '')`,
  "bool-text": (sql, args) => `if(${sql.condition(at(args, 0))}, 'true', 'false')`,
  "time-text": (sql, args) => `ifNull(${timeText(sql.value(at(args, 0)))}, '')`,
};

/** A DateTime64(3) as RFC 3339. The store writes six digits after the point, of which a time fills three. */
export function timeText(sql: string): string {
  return `replaceRegexpOne(formatDateTime(${sql}, '%Y-%m-%dT%H:%i:%S.%fZ', 'UTC'), '000Z$', 'Z')`;
}

function at(args: Args, index: number): PlanExpression {
  const found = args[index];
  if (found === undefined) throw new RangeError(`argument ${index} is missing`);
  return found;
}

const text = (detail: Detail): string => (typeof detail === "string" ? detail : "");
const keys = (detail: Detail): readonly (string | number)[] =>
  Array.isArray(detail) ? (detail as readonly (string | number)[]) : [];
const texts = (detail: Detail): readonly string[] => keys(detail).map(String);
const numbers = (detail: Detail): readonly number[] => keys(detail).map(Number);

const isText = (value: PlanExpression): boolean => value.type === "string" || value.type === "json";

function both(sql: SqlWriter, args: Args): string {
  return `${sql.value(at(args, 0))}, ${sql.value(at(args, 1))}`;
}

/** A number that is not finite is missing: JSON has no way to write it. */
function finite(sql: string): string {
  return `ifNotFinite(${sql}, NULL)`;
}

/** Whether a value may be NULL in the store. */
function isNullable(value: PlanExpression): boolean {
  if (isText(value) || value.type === "bool") return false;
  if (value.kind === "constant") return value.value === null;
  return value.kind !== "column" || value.column.source?.type !== "datetime";
}

/** An event by its id, which the table makes of two columns: by these, so that their indexes serve. */
export function eventIs(sql: SqlWriter, args: Args): string | undefined {
  const [left, right] = [at(args, 0), at(args, 1)];
  const id = right.kind === "constant" ? String(right.value) : "";
  const isId = left.kind === "column" && left.column.source?.name === "event.id" && id !== "";
  if (!isId || sql.value(left) !== identifier("event.id")) return undefined;
  const supplied = `\`event.supplied_id\` = ${sql.parameters.text(id)}`;
  const place = readEventId(id);
  if (place === undefined) return `(${supplied})`;
  const batch = sql.parameters.add("UInt64", String(place.batch));
  const row = sql.parameters.number(place.row);
  return `(${supplied} OR (\`event.supplied_id\` = '' AND \`event.batch\` = ${batch} AND \`event.row\` = ${row}))`;
}

function comparison(operation: string): Write {
  return (sql, args) => {
    const [left, right] = [at(args, 0), at(args, 1)];
    const compared = compare(sql, left, COMPARISONS[operation] ?? "=", right);
    return isNullable(left) || isNullable(right) ? `ifNull(${compared}, 0)` : `(${compared})`;
  };
}

/** The function that folds case, and the folded needle: A to Z only, unless the needle has other letters. */
function foldedText(wanted: string): readonly [string, string] {
  return isAscii(wanted) ? ["lower", wanted.toLowerCase()] : ["lowerUTF8", wanted.toLowerCase()];
}

function foldedList(values: readonly string[]): readonly [string, readonly string[]] {
  return [values.every(isAscii) ? "lower" : "lowerUTF8", values.map((value) => value.toLowerCase())];
}

function folded(write: (value: string, wanted: string) => string): Write {
  return (sql, args) => {
    const value = sql.value(at(args, 0));
    const wanted = at(args, 1);
    if (wanted.kind !== "constant") return write(`lower(${value})`, `lower(${sql.value(wanted)})`);
    const [fold, needle] = foldedText(String(wanted.value));
    return write(`${fold}(${value})`, sql.parameters.text(needle));
  };
}

function searchOne(sql: SqlWriter, value: PlanExpression, needle: string): string {
  const args = [value, constant("string", needle)];
  if (isWholeColumn(value)) return OPERATIONS.equal(sql, args, undefined);
  if (isText(value))
    return isSearchedWhole(needle) ? hasWord(sql, value, needle, true) : containsFolded(sql, args);
  if (isSearchedWhole(needle)) return anyOf(sql, value, wordSql(sql, "v", needle, true));
  return OPERATIONS["any-contains-fold"](sql, [value], needle);
}

function containsFolded(sql: SqlWriter, args: Args): string {
  const wanted = at(args, 1);
  if (wanted.kind === "constant" && isAscii(String(wanted.value))) {
    const needle = sql.parameters.text(String(wanted.value));
    return `(positionCaseInsensitive(${sql.value(at(args, 0))}, ${needle}) > 0)`;
  }
  return folded((value, needle) => `(position(${value}, ${needle}) > 0)`)(sql, args, undefined);
}

function isIn(sql: SqlWriter, args: Args, detail: Detail): string {
  const value = at(args, 0);
  const values = keys(detail);
  if (isText(value)) return `(${sql.value(value)} IN ${sql.parameters.add("Array(String)", texts(detail))})`;
  // A set tells -0 from 0, which only something computed can be; has() compares.
  if (value.kind === "column" && values.every((item) => Number.isSafeInteger(item))) {
    return `ifNull(${sql.value(value)} IN ${sql.parameters.add("Array(Int64)", numbers(detail))}, 0)`;
  }
  const list = sql.parameters.add("Array(Float64)", `[${numbers(detail).join(",")}]`);
  return `ifNull(has(${list}, ${sql.double(value)}), 0)`;
}

/** Words of A to Z and digits have a function, and with it an index; others are found by expression. */
function hasWord(sql: SqlWriter, value: PlanExpression, word: string, fold: boolean): string {
  return wordSql(sql, sql.value(value), word, fold);
}

function wordSql(sql: SqlWriter, value: string, word: string, fold: boolean): string {
  if (/^[A-Za-z0-9]+$/.test(word)) {
    const name = fold ? "hasTokenCaseInsensitive" : "hasToken";
    return `${name}(${value}, ${sql.parameters.text(word)})`;
  }
  const [lower, needle] = fold ? foldedText(word) : ["", word];
  return `match(${lower}(${value}), ${sql.parameters.text(wordPattern(needle))})`;
}

function anyOf(sql: SqlWriter, values: PlanExpression, condition: string): string {
  const list = values.type === "map" ? `mapValues(${sql.value(values)})` : sql.value(values);
  return `arrayExists(v -> ${condition}, ${list})`;
}

function inAddressRanges(sql: SqlWriter, args: Args, detail: Detail): string {
  const address = `toIPv6OrNull(${sql.value(at(args, 0))})`;
  const within = (detail as readonly AddressRange[]).map((range) => {
    const first = sql.parameters.add("IPv6", addressText(range.first));
    return `${address} BETWEEN ${first} AND ${sql.parameters.add("IPv6", addressText(range.last))}`;
  });
  return `ifNull((${within.join(" OR ")}), 0)`;
}

function milliseconds(sql: SqlWriter, time: PlanExpression): string {
  return `toUnixTimestamp64Milli(${sql.value(time)})`;
}

/** Both outcomes of a choice in one type. */
function alike(sql: SqlWriter, value: PlanExpression): string {
  const isNumber = value.type === "number" || value.type === "timespan";
  return isNumber ? sql.double(value) : sql.value(value);
}

function missing(sql: SqlWriter, value: PlanExpression): string {
  if (value.type === "bool") return "false";
  const written = sql.value(value);
  if (isText(value)) return `(${written} = '')`;
  return value.type === "list" || value.type === "map" ? `empty(${written})` : `isNull(${written})`;
}

/** A position counts only in an array: the store would count the members of an object too. */
function path(sql: SqlWriter, args: Args, detail: Detail): string {
  const value = sql.value(at(args, 0));
  const steps = keys(detail);
  if (steps.length === 0) return value;
  const written = steps.map((key) =>
    typeof key === "string" ? sql.parameters.text(key) : sql.parameters.number(key >= 0 ? key + 1 : key),
  );
  const arrays = steps.flatMap((key, index) =>
    typeof key === "number" ? [`JSONType(${[value, ...written.slice(0, index)].join(", ")}) = 'Array'`] : [],
  );
  const read = `JSONExtractString(${[value, ...written].join(", ")})`;
  return arrays.length === 0 ? read : `if(${arrays.join(" AND ")}, ${read}, '')`;
}
