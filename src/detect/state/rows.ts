/**
 * Numbers by key with a bound: one fixed row each in one array, so that a hundred thousand entries are neither garbage
 * nor slow to save. Past the bound, of the next few the one unseen for longest leaves. Plain data.
 */
import { createKeyTable, type KeyTable, lookUp, put, remove } from "./key-table.ts";

/** Of every row; what follows is its owner's. */
export const ROW_KEY = 0;
export const ROW_LAST_SEEN = 1;

const FIRST_ROWS = 64;
const CANDIDATES = 8;

export interface Rows {
  readonly table: KeyTable;
  /** Numbers in a row. */
  readonly width: number;
  limit: number;
  values: Float64Array;
  used: number;
  hand: number;
}

export function createRows(width: number, limit: number): Rows {
  return {
    table: createKeyTable(FIRST_ROWS),
    width,
    limit,
    values: new Float64Array(FIRST_ROWS * width),
    used: 0,
    hand: 0,
  };
}

/** The same rows without the room that they keep for growth, shared: for writing only. */
export function rowsWithoutRoom(rows: Rows): Rows {
  return { ...rows, values: rows.values.subarray(0, rows.used * rows.width) };
}

/** @returns where the row of a key begins in `values`; -1 when there is none */
export function findRow(rows: Rows, key: number): number {
  const slot = lookUp(rows.table, key);
  return slot === -1 ? -1 : slot * rows.width;
}

/** Makes the row of a key that has none: zeros but for the key and the time. */
export function addRow(rows: Rows, key: number, time: number): number {
  const slot = rows.used < rows.limit ? rows.used++ : evict(rows);
  const at = slot * rows.width;
  if (at >= rows.values.length) {
    const { values } = rows;
    rows.values = new Float64Array(Math.max(values.length * 2, FIRST_ROWS * rows.width));
    rows.values.set(values);
  }
  rows.values.fill(0, at, at + rows.width);
  rows.values[at + ROW_KEY] = key;
  rows.values[at + ROW_LAST_SEEN] = time;
  put(rows.table, key, slot);
  return at;
}

function evict(rows: Rows): number {
  const { values, width, limit } = rows;
  let oldest = rows.hand;
  for (let i = 0; i < CANDIDATES; i++) {
    const slot = rows.hand;
    rows.hand = (rows.hand + 1) % limit;
    if (values[slot * width + ROW_LAST_SEEN] < values[oldest * width + ROW_LAST_SEEN]) oldest = slot;
  }
  remove(rows.table, values[oldest * width + ROW_KEY]);
  return oldest;
}
