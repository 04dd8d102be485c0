/**
 * A column of a block in ClickHouse's `Native` format: values are pushed row by row and written together.
 * Native writes, for each column: the states of its parts (only LowCardinality has one), then their data.
 */
import type { ByteWriter } from "./byte-writer.ts";

export interface Column<T> {
  /** As in CREATE TABLE. */
  readonly type: string;
  push(value: T): void;
  readonly length: number;
  /** Every value so far is the type's default: the column may be left out of the block. */
  readonly blank: boolean;
  writeState(out: ByteWriter): void;
  writeRows(out: ByteWriter): void;
  clear(): void;
}

export type ValueOf<C> = C extends Column<infer T> ? T : never;

export interface NamedColumn {
  readonly name: string;
  readonly column: Omit<Column<never>, "push">;
}

/** Writes one block of `rows` rows; the columns that are blank are left to their defaults. */
export function writeBlock(out: ByteWriter, columns: readonly NamedColumn[], rows: number): void {
  const present = columns.filter(({ column }) => !column.blank);
  // A block needs a column to say how many rows it has.
  const written = present.length > 0 ? present : columns.slice(0, 1);
  out.varint(written.length);
  out.varint(rows);
  for (const { name, column } of written) {
    if (column.length !== rows) throw new Error(`column ${name} has ${column.length} rows of ${rows}`);
    out.text(name);
    out.text(column.type);
    column.writeState(out);
    column.writeRows(out);
  }
}
