/** Bytes that grow at the end. Integers are little endian, as ClickHouse writes them. */
export interface ByteWriter {
  u8(value: number): void;
  u64(value: bigint): void;
  /** LEB128, unsigned: ClickHouse's VarUInt. */
  varint(value: number): void;
  /** Length, then UTF-8. Lone surrogates become U+FFFD. */
  text(value: string): void;
  bytes(value: Uint8Array): void;
  readonly length: number;
  /** A view: valid until the next write. */
  view(): Buffer;
  clear(): void;
}

/** Under this many characters a loop over them beats the two calls into Node. */
const SHORT = 128;

export function createByteWriter(capacity = 1024): ByteWriter {
  let buffer = Buffer.allocUnsafe(capacity);
  let end = 0;

  function reserve(more: number): void {
    if (end + more <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, end + more));
    buffer.copy(larger, 0, 0, end);
    buffer = larger;
  }

  function varint(value: number): void {
    reserve(8);
    let rest = value;
    while (rest > 0x7f) {
      buffer[end++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    buffer[end++] = rest;
  }

  function longText(value: string): void {
    const length = Buffer.byteLength(value);
    varint(length);
    reserve(length);
    buffer.write(value, end, "utf8");
    end += length;
  }

  return {
    u8(value) {
      reserve(1);
      buffer[end++] = value;
    },
    u64(value) {
      reserve(8);
      buffer.writeBigUInt64LE(value, end);
      end += 8;
    },
    varint,
    text(value) {
      const length = value.length;
      if (length >= SHORT) {
        longText(value);
        return;
      }
      reserve(length + 1);
      const bytes = buffer;
      const start = end + 1;
      for (let i = 0; i < length; i++) {
        const code = value.charCodeAt(i);
        if (code > 0x7f) {
          longText(value);
          return;
        }
        bytes[start + i] = code;
      }
      bytes[end] = length;
      end = start + length;
    },
    bytes(value) {
      reserve(value.length);
      buffer.set(value, end);
      end += value.length;
    },
    get length() {
      return end;
    },
    view: () => buffer.subarray(0, end),
    clear() {
      end = 0;
    },
  };
}
