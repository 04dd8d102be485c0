/**
 * Whose each object is, as use shows: the first who was given it. One table for all endpoints, four places to a row,
 * which grows to a limit and then forgets by row; 16 bytes an object. Objects of different endpoints never meet.
 */
export interface Owners {
  /** Per object: hash, owner, check with marks, and the second of its first use. A hash of 0 is an empty place. */
  cells: Uint32Array;
  rows: number;
  used: number;
  readonly mostRows: number;
}

const WAYS = 4;
const STRIDE = 4;
const FIRST_ROWS = 64;
const FULL = 0.6;

/** The owner came back to it. */
const AGAIN = 1;
/** Somebody else was given it too. */
const FOREIGN = 2;
/** It was given to this owner by another, once. */
const GIVEN = 4;
const MARKS = 7;

/** @param most objects, rounded down to a power of two */
export function createOwners(most: number): Owners {
  const mostRows = 2 ** Math.floor(Math.log2(most / WAYS));
  return { cells: new Uint32Array(FIRST_ROWS * WAYS * STRIDE), rows: FIRST_ROWS, used: 0, mostRows };
}

/** Where an object stands, or -1. */
export function findObject(owners: Owners, object: number): number {
  const hash = hashOf(object);
  const check = checkOf(object);
  const from = (hash & (owners.rows - 1)) * WAYS * STRIDE;
  const { cells } = owners;
  for (let at = from; at < from + WAYS * STRIDE; at += STRIDE) {
    if (cells[at] === hash && (cells[at + 2] & ~MARKS) >>> 0 === check) return at;
  }
  return -1;
}

export function ownerAt(owners: Owners, at: number): number {
  return owners.cells[at + 1];
}

/** Whether an object is no longer with its first owner. */
export function wasGiven({ cells }: Owners, at: number): boolean {
  return (cells[at + 2] & GIVEN) !== 0;
}

/** Milliseconds from the first use of an object to `now`. */
export function sinceClaim({ cells }: Owners, at: number, now: number): number {
  return now - cells[at + 3] * 1000;
}

/** A new object of this owner. @param now stream time, milliseconds */
export function claimObject(owners: Owners, object: number, owner: number, now: number): void {
  if (owners.used > owners.rows * WAYS * FULL && owners.rows < owners.mostRows) grow(owners);
  put(owners, hashOf(object), owner, checkOf(object), Math.floor(now / 1000));
}

/** Gives a known object to another, as if it had been the first; possible once. */
export function giveObject({ cells }: Owners, at: number, owner: number, now: number): void {
  cells[at + 1] = owner;
  cells[at + 2] = ((cells[at + 2] & ~MARKS) | GIVEN) >>> 0;
  cells[at + 3] = Math.floor(now / 1000);
}

/** First use after the one that claimed it. */
export const FIRST_RETURN = 1;
/** First use by somebody else than its owner. */
export const FIRST_FOREIGN = 2;

/** Marks a further use of an object. @returns what was new about it: FIRST_RETURN, FIRST_FOREIGN, both or 0 */
export function markUse({ cells }: Owners, at: number, foreign: boolean): number {
  const marks = cells[at + 2] & (AGAIN | FOREIGN);
  const mark = foreign ? FOREIGN : AGAIN;
  if ((marks & mark) !== 0) return 0;
  cells[at + 2] |= mark;
  return (marks === 0 ? FIRST_RETURN : 0) | (foreign ? FIRST_FOREIGN : 0);
}

/** 32 bits of a principal's key, never 0. */
export function ownerOf(principal: number): number {
  return hashOf(principal);
}

function grow(owners: Owners): void {
  const before = owners.cells;
  owners.rows *= 2;
  owners.cells = new Uint32Array(owners.rows * WAYS * STRIDE);
  owners.used = 0;
  for (let at = 0; at < before.length; at += STRIDE) {
    if (before[at] !== 0) put(owners, before[at], before[at + 1], before[at + 2], before[at + 3]);
  }
}

/** Into an empty place, else over one that changes with the object, so that no place is spared for ever. */
function put(owners: Owners, hash: number, owner: number, rest: number, second: number): void {
  const { cells } = owners;
  const from = (hash & (owners.rows - 1)) * WAYS * STRIDE;
  let at = from;
  while (at < from + WAYS * STRIDE && cells[at] !== 0) at += STRIDE;
  if (at === from + WAYS * STRIDE) at = from + (hash >>> 30) * STRIDE;
  else owners.used++;
  cells[at] = hash;
  cells[at + 1] = owner;
  cells[at + 2] = rest;
  cells[at + 3] = second;
}

function hashOf(key: number): number {
  let h = Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / 0x100000000) | 0, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  return (h ^ (h >>> 15)) >>> 0 || 1;
}

function checkOf(key: number): number {
  const h = Math.imul((key | 0) ^ ((key / 0x100000000) | 0), 0x2c1b3c6d);
  return ((h ^ (h >>> 13)) & ~MARKS) >>> 0;
}
