/**
 * The last steps of everyone who changes anything: which endpoints, and when last. A fixed row of numbers each. Reading
 * leaves no trace here, so that the usual event costs one comparison.
 */
import { addRow, createRows, findRow, ROW_LAST_SEEN, type Rows } from "../state/rows.ts";

const HEAD = 2;
export const MOST_STEPS = 8;
/** Of a step: endpoint id + 1 (0 is an empty place), stream time, and whether something followed it. */
const STEP = 3;
const WIDTH = HEAD + MOST_STEPS * STEP;
const MAX_PEOPLE = 50_000;
const DAY_MS = 86_400_000;

export interface Recent {
  readonly rows: Rows;
  /** Where the row of the current event begins; whether it was there before. */
  at: number;
  known: boolean;
}

export function createRecent(): Recent {
  return { rows: createRows(WIDTH, MAX_PEOPLE), at: 0, known: false };
}

/** Turns to the row of `principal`, which is made when there is none. */
export function turnTo(recent: Recent, principal: number, now: number): void {
  const { rows } = recent;
  const found = findRow(rows, principal);
  recent.known = found !== -1;
  recent.at = found === -1 ? addRow(rows, principal, now) : found;
  rows.values[recent.at + ROW_LAST_SEEN] = now;
}

/** Whether somebody who is not known may have been here before and was forgotten. */
export function forgets({ rows }: Recent): boolean {
  return rows.used >= rows.limit;
}

/** When the endpoint was last used, milliseconds of stream time; NaN when not within a day. */
export function lastUse({ rows, at }: Recent, endpoint: number, now: number): number {
  const { values } = rows;
  for (let i = at + HEAD; i < at + WIDTH; i += STEP) {
    if (values[i] === endpoint + 1) return now - values[i + 1] <= DAY_MS ? values[i + 1] : Number.NaN;
  }
  return Number.NaN;
}

/** Calls `visit` for each endpoint used within `withinMs`. */
export function eachStep(
  { rows, at }: Recent,
  now: number,
  withinMs: number,
  visit: (endpoint: number, time: number) => void,
): void {
  const { values } = rows;
  for (let i = at + HEAD; i < at + WIDTH; i += STEP) {
    if (values[i] !== 0 && now - values[i + 1] <= withinMs) visit(values[i] - 1, values[i + 1]);
  }
}

/** Marks what was done within `withinMs` as followed by something else. Calls `visit` for what was not marked before. */
export function markFollowed(
  { rows, at }: Recent,
  endpoint: number,
  now: number,
  withinMs: number,
  visit: (endpoint: number) => void,
): void {
  const { values } = rows;
  for (let i = at + HEAD; i < at + WIDTH; i += STEP) {
    if (values[i] === 0 || values[i] === endpoint + 1 || values[i + 2] === 1) continue;
    if (now - values[i + 1] > withinMs) continue;
    values[i + 2] = 1;
    visit(values[i] - 1);
  }
}

/** The endpoint was used now: in its own place, else in an empty one, else over the step that is longest ago. */
export function noteStep({ rows, at }: Recent, endpoint: number, now: number): void {
  const { values } = rows;
  let place = -1;
  for (let i = at + HEAD; i < at + WIDTH; i += STEP) {
    if (values[i] === endpoint + 1) {
      place = i;
      break;
    }
    if (place === -1 || values[i + 1] < values[place + 1]) place = i;
  }
  values[place] = endpoint + 1;
  values[place + 1] = now;
  values[place + 2] = 0;
}
