/** Columns of text. */
import { createByteWriter } from "./byte-writer.ts";
import type { Column } from "./column.ts";

export function string(): Column<string> {
  const bytes = createByteWriter();
  let length = 0;
  return {
    type: "String",
    push(value) {
      bytes.text(value);
      length++;
    },
    get length() {
      return length;
    },
    get blank() {
      // An empty string is its length alone: one byte.
      return bytes.length === length;
    },
    writeState() {},
    writeRows(out) {
      out.bytes(bytes.view());
    },
    clear() {
      bytes.clear();
      length = 0;
    },
  };
}

/** SharedDictionariesWithAdditionalKeys: the only version of the state there is. */
const STATE_VERSION = 1n;
const HAS_ADDITIONAL_KEYS = 1n << 9n;
const NEED_UPDATE_DICTIONARY = 1n << 10n;

/** Text with few distinct values: each is written once a block, the rows are places in that list. */
export function lowCardinality(): Column<string> {
  const keys = createByteWriter();
  const places = new Map<string, number>();
  let rows = new Uint32Array(256);
  let length = 0;
  let last = "";
  let lastPlace = -1;

  function placeOf(value: string): number {
    if (value === last && lastPlace >= 0) return lastPlace;
    let place = places.get(value);
    if (place === undefined) {
      place = places.size;
      places.set(value, place);
      keys.text(value);
    }
    last = value;
    lastPlace = place;
    return place;
  }

  return {
    type: "LowCardinality(String)",
    push(value) {
      if (length === rows.length) {
        const larger = new Uint32Array(length * 2);
        larger.set(rows);
        rows = larger;
      }
      rows[length++] = placeOf(value);
    },
    get length() {
      return length;
    },
    get blank() {
      return places.size === 0 || (places.size === 1 && places.has(""));
    },
    writeState(out) {
      out.u64(STATE_VERSION);
    },
    writeRows(out) {
      if (length === 0) return;
      const used = rows.subarray(0, length);
      const [code, narrow] =
        places.size <= 0x100
          ? [0n, Uint8Array.from(used)]
          : places.size <= 0x10000
            ? [1n, Uint16Array.from(used)]
            : [2n, used];
      out.u64(code | HAS_ADDITIONAL_KEYS | NEED_UPDATE_DICTIONARY);
      out.u64(BigInt(places.size));
      out.bytes(keys.view());
      out.u64(BigInt(length));
      out.bytes(new Uint8Array(narrow.buffer, narrow.byteOffset, narrow.byteLength));
    },
    clear() {
      keys.clear();
      places.clear();
      length = 0;
      lastPlace = -1;
    },
  };
}
