/** When everyone's present visit began. For each event one look into a table, as most events are of visits. */
import { addRow, createRows, findRow, ROW_LAST_SEEN, type Rows } from "../state/rows.ts";

const START = 2;
const WIDTH = 3;
const MAX_VISITORS = 200_000;
/** So long without a request, and the next begins a new visit (as web analytics count them). */
const GAP_MS = 1_800_000;

export function createVisits(): Rows {
  return createRows(WIDTH, MAX_VISITORS);
}

/** @returns stream time at which the visit began that this event belongs to */
export function visitOf(visits: Rows, principal: number, now: number): number {
  let at = findRow(visits, principal);
  if (at === -1) at = addRow(visits, principal, now);
  const { values } = visits;
  if (values[at + START] === 0 || now - values[at + ROW_LAST_SEEN] > GAP_MS) values[at + START] = now;
  values[at + ROW_LAST_SEEN] = now;
  return values[at + START];
}
