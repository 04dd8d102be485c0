/** Columns of numbers: one typed array each, written as it lies in memory (all our platforms are little endian). */
import type { Column } from "./column.ts";

type Numbers =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

const FIRST_ROWS = 256;

function numberColumn(type: string, create: (rows: number) => Numbers): Column<number> {
  let values = create(FIRST_ROWS);
  let length = 0;
  let blank = true;
  return {
    type,
    push(value) {
      if (length === values.length) {
        const larger = create(length * 2);
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
      // NaN too is not the default.
      if (value !== 0) blank = false;
    },
    get length() {
      return length;
    },
    get blank() {
      return blank;
    },
    writeState() {},
    writeRows(out) {
      out.bytes(new Uint8Array(values.buffer, 0, length * values.BYTES_PER_ELEMENT));
    },
    clear() {
      length = 0;
      blank = true;
    },
  };
}

export const uint8 = () => numberColumn("UInt8", (rows) => new Uint8Array(rows));
export const uint16 = () => numberColumn("UInt16", (rows) => new Uint16Array(rows));
export const uint32 = () => numberColumn("UInt32", (rows) => new Uint32Array(rows));
export const int8 = () => numberColumn("Int8", (rows) => new Int8Array(rows));
export const int16 = () => numberColumn("Int16", (rows) => new Int16Array(rows));
export const int32 = () => numberColumn("Int32", (rows) => new Int32Array(rows));
export const float32 = () => numberColumn("Float32", (rows) => new Float32Array(rows));
export const float64 = () => numberColumn("Float64", (rows) => new Float64Array(rows));
/** Seconds since the epoch. */
export const dateTime = () => numberColumn("DateTime('UTC')", (rows) => new Uint32Array(rows));

/** 64-bit integers as pairs of halves: no BigInt for numbers that are exact in a double. */
function wideColumn<T>(type: string, split: (value: T, halves: Uint32Array, at: number) => void): Column<T> {
  let halves = new Uint32Array(FIRST_ROWS * 2);
  let length = 0;
  let blank = true;
  return {
    type,
    push(value) {
      const at = length * 2;
      if (at === halves.length) {
        const larger = new Uint32Array(at * 2);
        larger.set(halves);
        halves = larger;
      }
      split(value, halves, at);
      if (halves[at] !== 0 || halves[at + 1] !== 0) blank = false;
      length++;
    },
    get length() {
      return length;
    },
    get blank() {
      return blank;
    },
    writeState() {},
    writeRows(out) {
      out.bytes(new Uint8Array(halves.buffer, 0, length * 8));
    },
    clear() {
      length = 0;
      blank = true;
    },
  };
}

function splitNumber(value: number, halves: Uint32Array, at: number): void {
  halves[at] = value;
  halves[at + 1] = Math.floor(value / 0x100000000);
}

/** A run of the same number, as the batch of a block is, is split once: arithmetic on BigInts allocates. */
function bigintSplitter(): (value: bigint, halves: Uint32Array, at: number) => void {
  let last = 0n;
  let low = 0;
  let high = 0;
  return (value, halves, at) => {
    if (value !== last) {
      last = value;
      low = Number(value & 0xffffffffn);
      high = Number((value >> 32n) & 0xffffffffn);
    }
    halves[at] = low;
    halves[at + 1] = high;
  };
}

/** Integers up to 2^53; `uint64Big` for all of them. */
export const uint64 = () => wideColumn<number>("UInt64", splitNumber);
export const int64 = () => wideColumn<number>("Int64", splitNumber);
export const uint64Big = () => wideColumn<bigint>("UInt64", bigintSplitter());
/** Whole milliseconds since the epoch. */
export const dateTime64 = () => wideColumn<number>("DateTime64(3, 'UTC')", splitNumber);
