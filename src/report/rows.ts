/** Rows of an answer as a table for people, or as JSON, NDJSON or CSV for programs. */
import { inert, shortened } from "./inert.ts";
import { columns as widthOf } from "./width.ts";

export interface Answered {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly truncated: boolean;
}

export type RowsFormat = "text" | "json" | "ndjson" | "csv";

/** @param width columns of the terminal; undefined for a file or a pipe, where nothing is cut */
export function writeRows(answer: Answered, format: RowsFormat, width?: number): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(answer)}\n`;
    case "ndjson":
      return answer.rows.map((row) => `${JSON.stringify(asObject(answer, row))}\n`).join("");
    case "csv":
      return csv(answer);
    case "text":
      return table(answer, width);
  }
}

function asObject({ columns }: Answered, row: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ name }, i) => [name, row[i]]));
}

const GAP = "  ";
/** A column is not squeezed below this many characters. */
const LEAST = 8;

function table({ columns, rows }: Answered, width: number | undefined): string {
  const right = columns.map(({ type }) => type === "number" || type === "timespan");
  const cells = [
    columns.map(({ name }) => inert(name)),
    ...rows.map((row) => columns.map((_, i) => shown(row[i]))),
  ];
  const wanted = columns.map((_, i) => Math.max(...cells.map((row) => widthOf(row[i] ?? ""))));
  const widths = width === undefined ? wanted : squeezed(wanted, width);
  const lines = cells.map((row) =>
    row
      .map((cell, i) => fitted(cell, widths[i] ?? 0, right[i] === true, i === columns.length - 1))
      .join(GAP)
      .trimEnd(),
  );
  const rule = widths.map((each) => "─".repeat(each)).join(GAP);
  const [head = "", ...body] = lines;
  return `${[head, rule, ...body].join("\n")}\n`;
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  return inert(typeof value === "string" ? value : JSON.stringify(value));
}

/** Takes from the widest until all fit; narrow ones stay whole. */
function squeezed(wanted: readonly number[], width: number): readonly number[] {
  const room = Math.max(LEAST * wanted.length, width - GAP.length * (wanted.length - 1));
  let most = Math.max(...wanted, LEAST);
  while (most > LEAST && wanted.reduce((sum, each) => sum + Math.min(each, most), 0) > room) most--;
  return wanted.map((each) => Math.min(each, most));
}

function fitted(cell: string, width: number, right: boolean, last: boolean): string {
  let text = cell;
  // Characters may take two columns: cut until it fits.
  for (let most = width; widthOf(text) > width; most--) text = shortened(cell, most);
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : last ? text : text + space;
}

/** RFC 4180; what a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV Injection). */
function csv({ columns, rows }: Answered): string {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map(asText))];
  return lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}

function asText(value: unknown): string | number {
  if (typeof value === "number") return value;
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function quoted(cell: string | number): string {
  // A negative number is a number.
  if (typeof cell === "number") return String(cell);
  const safe = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
