/** What a name stands for: a column, a short name of one, or a path into JSON or headers. */
import type { Expression, Name } from "./ast.ts";
import { call, read } from "./build.ts";
import type { PlanColumn, PlanExpression } from "./plan.ts";
import { didYouMean } from "./suggest.ts";

/** Columns by name at one step, in order. */
export type Columns = ReadonlyMap<string, PlanColumn>;

export function resolveName(name: string, columns: Columns): PlanExpression | undefined {
  const column = columns.get(name) ?? byAlias(name, columns);
  if (column !== undefined) return read(column);
  for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
    const holder = columns.get(name.slice(0, dot));
    if (holder === undefined) continue;
    return readPath(read(holder), name.slice(dot + 1).split("."));
  }
  return undefined;
}

function byAlias(name: string, columns: Columns): PlanColumn | undefined {
  for (const column of columns.values()) {
    if (column.source?.alias === name && column.source.name === column.name) return column;
  }
  return undefined;
}

/** @returns undefined when the value has no parts of that kind */
export function readPath(
  value: PlanExpression,
  keys: readonly (string | number)[],
): PlanExpression | undefined {
  const [first, ...rest] = keys;
  if (first === undefined) return value;
  if (value.type === "json") return pathOf(value, keys);
  if (rest.length > 0) return undefined;
  // RFC 9110 section 5.1: names of header fields are case-insensitive; they are stored in lower case.
  if (value.type === "map" && typeof first === "string")
    return call("entry", "string", [value], first.toLowerCase());
  if (value.type === "list" && typeof first === "number") return call("item", "string", [value], [first]);
  return undefined;
}

/** A path goes on from a path; what parse_json() gives begins one anew, for its text may hold JSON itself. */
function pathOf(value: PlanExpression, keys: readonly (string | number)[]): PlanExpression {
  const isPath = value.kind === "call" && value.operation === "path" && Array.isArray(value.detail);
  const earlier = isPath ? (value.detail as readonly (string | number)[]) : [];
  if (!isPath || earlier.length === 0) return call("path", "json", [value], keys);
  return { ...value, detail: [...earlier, ...keys] };
}

export function unknownColumn(name: Name, columns: Columns): string {
  const names = [...columns.values()].flatMap((column) => [column.name, column.source?.alias ?? []].flat());
  return `There is no field ${name.name} here.${didYouMean(name.name, names)}`;
}

/** The name of a column, of the last key of a path, or of the first column inside of a call. */
export function plainName(value: Expression): string {
  if (value.kind === "name") return value.name;
  if (value.kind === "path") return String(value.keys.at(-1) ?? "");
  const inner = value.kind === "call" ? value.args.find((item) => item.kind === "name") : undefined;
  return inner ? plainName(inner) : "Column";
}

/** Computed columns without a name are Column1, Column2 and so on; so is a name that is taken. */
export function freeName(value: Expression, taken: ReadonlyMap<string, PlanColumn>): string {
  const name = plainName(value);
  if (name !== "Column" && (value.kind === "name" || !taken.has(name))) return name;
  for (let number = 1; ; number++) if (!taken.has(`${name}${number}`)) return `${name}${number}`;
}

/** A column that only passes on a table's column keeps what is known of it. */
export function sourceOf(value: PlanExpression): PlanColumn["source"] {
  return value.kind === "column" ? value.column.source : undefined;
}
