/**
 * The UTF-16 code units of a text in an array, where reading one costs half of what `charCodeAt` does. Arrays are lent
 * and come back: what is found in one JSON text may hold another.
 */
interface Lent {
  readonly units: Uint16Array;
  readonly bytes: Buffer;
}

const SMALLEST = 16_384;
const free: Lent[] = [];

/** @param read gets the units, with a 0 after the last; what follows is of another text */
export function withCodeUnits<T>(text: string, read: (units: Uint16Array) => T): T {
  const lent = lend(text.length);
  try {
    lent.bytes.write(text, 0, 2 * text.length, "utf16le");
    lent.units[text.length] = 0;
    return read(lent.units);
  } finally {
    if (lent.units.length <= LARGEST_KEPT) free.push(lent);
  }
}

/** Larger arrays are not kept. */
const LARGEST_KEPT = 1_048_576;

function lend(length: number): Lent {
  const kept = free.pop();
  if (kept !== undefined && kept.units.length > length) return kept;
  const units = new Uint16Array(Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(length + 1))));
  return { units, bytes: Buffer.from(units.buffer) };
}
