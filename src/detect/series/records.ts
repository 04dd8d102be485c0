/**
 * Which scores are worth telling: those above every other within the last stretch of the series. One oddity has many
 * odd points; the first says it, a later one only when it is odder.
 */
export interface Records {
  /** Points seen. */
  seen: number;
  /** Of falling score: each one is the greatest since it came. */
  standing: { at: number; score: number }[];
}

/** The stretch: so many points, or this share of the series where that is longer. */
const REST = 100;
const REST_SHARE = 0.03;
const LONGEST_REST = 5000;
const MOST_STANDING = 64;

export function createRecords(): Records {
  return { seen: 0, standing: [] };
}

/** @returns whether no score within the stretch before was as high */
export function isRecord(records: Records, score: number): boolean {
  const at = records.seen++;
  const rest = Math.min(LONGEST_REST, Math.max(REST, REST_SHARE * at));
  const within = records.standing.filter((one) => at - one.at < rest);
  const record = within.every((one) => one.score < score);
  const higher = within.filter((one) => one.score > score);
  // The greatest stand first: what is cut off is never the one that silences others.
  records.standing = [...higher, { at, score }].slice(0, MOST_STANDING);
  return record;
}
