/** Columns made of columns: Nullable, Array, Tuple, Map. */
import type { Column, ValueOf } from "./column.ts";
import { uint8, uint64 } from "./numbers.ts";

/** @param filler what stands in the place of a null */
export function nullable<T>(inner: Column<T>, filler: T): Column<T | undefined> {
  const nulls = uint8();
  let present = false;
  return {
    type: `Nullable(${inner.type})`,
    push(value) {
      if (value === undefined) {
        nulls.push(1);
        inner.push(filler);
      } else {
        nulls.push(0);
        inner.push(value);
        present = true;
      }
    },
    get length() {
      return nulls.length;
    },
    get blank() {
      return !present;
    },
    writeState: inner.writeState,
    writeRows(out) {
      nulls.writeRows(out);
      inner.writeRows(out);
    },
    clear() {
      nulls.clear();
      inner.clear();
      present = false;
    },
  };
}

export function array<T>(inner: Column<T>): Column<readonly T[]> {
  const ends = uint64();
  return {
    type: `Array(${inner.type})`,
    push(values) {
      for (const value of values) inner.push(value);
      ends.push(inner.length);
    },
    get length() {
      return ends.length;
    },
    get blank() {
      return inner.length === 0;
    },
    writeState: inner.writeState,
    writeRows(out) {
      ends.writeRows(out);
      inner.writeRows(out);
    },
    clear() {
      ends.clear();
      inner.clear();
    },
  };
}

type ColumnsByName = Readonly<Record<string, Column<never>>>;
type Row<C> = { readonly [K in keyof C]: ValueOf<C[K]> };

/** A tuple with names, in the order they are given in. */
export function tuple<C extends ColumnsByName>(columns: C): Column<Row<C>> {
  const named = Object.entries(columns);
  const types = named.map(([name, column]) => `${name} ${column.type}`);
  let length = 0;
  return {
    type: `Tuple(${types.join(", ")})`,
    push(row) {
      for (const [name, column] of named) column.push(row[name] as never);
      length++;
    },
    get length() {
      return length;
    },
    get blank() {
      return named.every(([, column]) => column.blank);
    },
    writeState(out) {
      for (const [, column] of named) column.writeState(out);
    },
    writeRows(out) {
      for (const [, column] of named) column.writeRows(out);
    },
    clear() {
      for (const [, column] of named) column.clear();
      length = 0;
    },
  };
}

/**
 * Text by name. Pushed as a plain object; undefined is a map without entries.
 * @param except a name that is left out
 */
export function textMap(
  keys: Column<string>,
  values: Column<string>,
  except?: string,
): Column<Readonly<Record<string, string>> | undefined> {
  const ends = uint64();
  return {
    type: `Map(${keys.type}, ${values.type})`,
    push(row) {
      if (row !== undefined) {
        for (const name in row) {
          if (name === except) continue;
          keys.push(name);
          values.push(row[name] ?? "");
        }
      }
      ends.push(keys.length);
    },
    get length() {
      return ends.length;
    },
    get blank() {
      return keys.length === 0;
    },
    writeState(out) {
      keys.writeState(out);
      values.writeState(out);
    },
    writeRows(out) {
      ends.writeRows(out);
      keys.writeRows(out);
      values.writeRows(out);
    },
    clear() {
      ends.clear();
      keys.clear();
      values.clear();
    },
  };
}
