/**
 * Whose objects an endpoint serves: public ones are read by one reader after another, private ones hardly ever. A
 * table of object → last reader over a sample of the objects answers it, with no list of objects kept.
 */
export interface Ownership {
  readonly objects: Float64Array;
  readonly readers: Float64Array;
  /** Reads of sampled objects, and those of them that followed a read by somebody else. */
  reads: number;
  shared: number;
}

const SLOTS = 256;
/** One object in eight is followed, so that the table covers eight times its slots. */
const SAMPLE = 8;
/** Fewer reads than this tell nothing. */
const ENOUGH = 20;
const PRIVATE_SHARE = 0.1;

export function createOwnership(): Ownership {
  return { objects: new Float64Array(SLOTS), readers: new Float64Array(SLOTS), reads: 0, shared: 0 };
}

export function noteReader(ownership: Ownership, object: number, reader: number): void {
  const mixed = Math.imul((object | 0) ^ ((object / 0x100000000) | 0), 0x9e3779b1) >>> 16;
  if (mixed % SAMPLE !== 0) return;
  const slot = (mixed / SAMPLE) & (SLOTS - 1);
  ownership.reads++;
  if (ownership.objects[slot] === object && ownership.readers[slot] !== reader) ownership.shared++;
  ownership.objects[slot] = object;
  ownership.readers[slot] = reader;
}

/** Private once it is plain that objects belong to those who read them. */
export function ownershipKind(ownership: Ownership): "private" | "public" | "unknown" {
  if (ownership.reads < ENOUGH) return "unknown";
  return ownership.shared <= ownership.reads * PRIVATE_SHARE ? "private" : "public";
}

/** What a search engine is served, everybody is served. */
export function notePublic(ownership: Ownership): void {
  ownership.reads++;
  ownership.shared++;
}
