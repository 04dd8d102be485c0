/** Rows of one client are one row: the latest of its requests, and how many there were. */
import type { Row } from "../api/answers.ts";

export interface Alike {
  /** The latest. */
  readonly row: Row;
  readonly times: number;
}

/** @param rows newest first; an event may stand among them twice */
export function foldClients(rows: readonly Row[]): Alike[] {
  const seen = new Set<unknown>();
  const byClient = new Map<unknown, { row: Row; times: number }>();
  for (const row of rows) {
    if (seen.has(row["event.id"])) continue;
    seen.add(row["event.id"]);
    const known = byClient.get(row["client.address"]);
    if (known === undefined) byClient.set(row["client.address"], { row, times: 1 });
    else known.times++;
  }
  return [...byClient.values()];
}
