/** A place between two records: everything before it is written. Positions grow and never repeat. */
export interface Position {
  /** Number of the segment, from 1. */
  readonly segment: number;
  /** Bytes from the start of the segment. */
  readonly offset: number;
}

export const START: Position = { segment: 0, offset: 0 };

/** Negative when `a` stands before `b`, 0 at the same place, positive after it. */
export function comparePositions(a: Position, b: Position): number {
  return a.segment - b.segment || a.offset - b.offset;
}
