/**
 * Reads a block in ClickHouse's `Native` format back: the counterpart of column.ts, for the types that event
 * columns use. Every count in it is checked against the bytes that are there.
 */

/** Values of a column, made when they are asked for: of most blocks one row is wanted, or none. */
export interface Values {
  at(row: number): unknown;
}

export interface Block {
  readonly rows: number;
  /** By name. A column that was left out is not here. */
  readonly columns: ReadonlyMap<string, Values>;
}

interface Reader {
  readonly bytes: Buffer;
  at: number;
}

type Read = (reader: Reader, rows: number) => Values;

/** One type: how its state and its rows are read. */
interface TypeReader {
  state(reader: Reader): void;
  rows: Read;
}

const MAX_ROWS = 1 << 24;

/** @throws RangeError when the bytes are no whole block, Error when a type is not known */
export function readBlock(payload: Uint8Array): Block {
  const reader: Reader = {
    bytes: Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength),
    at: 0,
  };
  const columnCount = varint(reader);
  const rows = counted(varint(reader));
  const columns = new Map<string, Values>();
  for (let i = 0; i < columnCount; i++) {
    const name = text(reader);
    const type = typeReader(text(reader));
    type.state(reader);
    columns.set(name, type.rows(reader, rows));
  }
  return { rows, columns };
}

const NUMBERS: Readonly<Record<string, Read>> = {
  UInt8: (reader, rows) => new Uint8Array(take(reader, rows)),
  UInt16: (reader, rows) => new Uint16Array(copied(reader, rows * 2)),
  UInt32: (reader, rows) => new Uint32Array(copied(reader, rows * 4)),
  Float32: (reader, rows) => new Float32Array(copied(reader, rows * 4)),
  "DateTime('UTC')": (reader, rows) => new Uint32Array(copied(reader, rows * 4)),
  "DateTime64(3, 'UTC')": (reader, rows) =>
    Float64Array.from(new BigInt64Array(copied(reader, rows * 8)), Number),
  UInt64: (reader, rows) => new BigUint64Array(copied(reader, rows * 8)),
};

const known = new Map<string, TypeReader>();

function typeReader(type: string): TypeReader {
  let reader = known.get(type);
  if (reader === undefined) {
    reader = makeReader(type);
    known.set(type, reader);
  }
  return reader;
}

function makeReader(type: string): TypeReader {
  const numbers = NUMBERS[type];
  if (numbers !== undefined) return { state: () => {}, rows: numbers };
  if (type === "String") return { state: () => {}, rows: strings };
  if (type === "LowCardinality(String)") return { state: (reader) => void take(reader, 8), rows: dictionary };
  const [, outer, inner = ""] = /^(Nullable|Array|Map|Tuple)\((.*)\)$/s.exec(type) ?? [];
  switch (outer) {
    case "Nullable":
      return nullable(typeReader(inner));
    case "Array":
      return array(typeReader(inner));
    case "Map": {
      const [key = "", value = ""] = partsOf(inner);
      return map(typeReader(key), typeReader(value));
    }
    case "Tuple":
      return tuple(partsOf(inner).map(named));
    default:
      throw new Error(`no reader for the column type ${type}`);
  }
}

function nullable(inner: TypeReader): TypeReader {
  return {
    state: inner.state,
    rows(reader, rows) {
      const nulls = take(reader, rows);
      const values = inner.rows(reader, rows);
      return { at: (row) => (nulls[row] === 1 ? undefined : values.at(row)) };
    },
  };
}

function array(inner: TypeReader): TypeReader {
  return {
    state: inner.state,
    rows(reader, rows) {
      const ends = endsOf(reader, rows);
      const values = inner.rows(reader, ends.at(-1) ?? 0);
      return {
        at(row) {
          const from = ends[row - 1] ?? 0;
          return Array.from({ length: (ends[row] ?? from) - from }, (_, i) => values.at(from + i));
        },
      };
    },
  };
}

function map(key: TypeReader, value: TypeReader): TypeReader {
  return {
    state(reader) {
      key.state(reader);
      value.state(reader);
    },
    rows(reader, rows) {
      const ends = endsOf(reader, rows);
      const count = ends.at(-1) ?? 0;
      const keys = key.rows(reader, count);
      const values = value.rows(reader, count);
      return {
        at(row) {
          const from = ends[row - 1] ?? 0;
          const length = (ends[row] ?? from) - from;
          if (length === 0) return undefined;
          return Object.fromEntries(
            Array.from({ length }, (_, i) => [keys.at(from + i), values.at(from + i)]),
          );
        },
      };
    },
  };
}

function tuple(parts: readonly { name: string; type: TypeReader }[]): TypeReader {
  return {
    state(reader) {
      for (const { type } of parts) type.state(reader);
    },
    rows(reader, rows) {
      const columns = parts.map(({ name, type }) => ({ name, values: type.rows(reader, rows) }));
      return { at: (row) => Object.fromEntries(columns.map(({ name, values }) => [name, values.at(row)])) };
    },
  };
}

/** Where each text begins is found by walking over their lengths; the texts themselves wait. */
function strings(reader: Reader, rows: number): Values {
  const { bytes } = reader;
  const starts = new Uint32Array(rows + 1);
  let { at } = reader;
  for (let row = 0; row < rows; row++) {
    starts[row] = at;
    const first = bytes[at] ?? 0;
    if (first < 0x80) at += 1 + first;
    else {
      reader.at = at;
      const length = varint(reader);
      at = reader.at + length;
    }
    if (at > bytes.length) throw new RangeError("the block ends early");
  }
  reader.at = at;
  return {
    at: (row) => (row < rows ? text({ bytes, at: starts[row] ?? 0 }) : undefined),
  };
}

/** Index width in the low byte of its header; then the keys, then each row's place among them. */
function dictionary(reader: Reader, rows: number): Values {
  if (rows === 0) return [];
  const width = (take(reader, 8)[0] ?? 0) & 3;
  const keys = strings(reader, u64(reader));
  const count = u64(reader);
  if (count !== rows) throw new RangeError("a dictionary has another number of rows than its block");
  const bytes = copied(reader, rows * (1 << width));
  const places =
    width === 0 ? new Uint8Array(bytes) : width === 1 ? new Uint16Array(bytes) : new Uint32Array(bytes);
  return { at: (row) => keys.at(places[row] ?? 0) };
}

function endsOf(reader: Reader, rows: number): Float64Array {
  return Float64Array.from(new BigUint64Array(copied(reader, rows * 8)), (end) => counted(Number(end)));
}

/** `a String, b Map(c, d)` at its outermost commas. */
function partsOf(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < list.length; at++) {
    if (list[at] === "(") depth++;
    else if (list[at] === ")") depth--;
    else if (list[at] === "," && depth === 0) {
      parts.push(list.slice(from, at).trim());
      from = at + 1;
    }
  }
  parts.push(list.slice(from).trim());
  return parts;
}

function named(part: string): { name: string; type: TypeReader } {
  const space = part.indexOf(" ");
  return { name: part.slice(0, space), type: typeReader(part.slice(space + 1)) };
}

function take(reader: Reader, length: number): Buffer {
  const { bytes, at } = reader;
  if (length > bytes.length - at) throw new RangeError("the block ends early");
  reader.at = at + length;
  return bytes.subarray(at, at + length);
}

/** Aligned, for a typed array over it. */
function copied(reader: Reader, length: number): ArrayBuffer {
  const part = take(reader, length);
  return part.buffer.slice(part.byteOffset, part.byteOffset + length) as ArrayBuffer;
}

function text(reader: Reader): string {
  return take(reader, varint(reader)).toString("utf8");
}

function varint(reader: Reader): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = take(reader, 1)[0] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  throw new RangeError("a length of more than five bytes");
}

function u64(reader: Reader): number {
  return counted(Number(take(reader, 8).readBigUInt64LE()));
}

function counted(count: number): number {
  if (count > MAX_ROWS) throw new RangeError("more rows than a block holds");
  return count;
}
