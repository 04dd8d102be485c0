/** What a data folder holds, looked at by a server in this process once the one under test has ended. */
import { join } from "node:path";
import { readConfig } from "../../src/config.ts";
import type { Detection, Incident } from "../../src/event.ts";
import type { Live } from "../../src/live/live.ts";
import { replay } from "../../src/replay/replay.ts";
import { startServer } from "../../src/server.ts";
import type { Answer } from "../../src/store/contract.ts";
import { INGEST_KEY } from "./server-process.ts";

/** @param folder as for `startProcess`: brings the journal into the store, then asks each question */
export function ask(folder: string, questions: readonly string[]): Promise<Answer["rows"][]> {
  return within(folder, async ({ store }) => {
    const answers: Answer["rows"][] = [];
    for (const sql of questions) answers.push((await store.query({ sql, parameters: {} })).rows);
    return answers;
  });
}

export interface Told {
  readonly incidents: readonly Incident[];
  /** Those of these incidents. */
  readonly detections: readonly Detection[];
}

/**
 * What is on record, and what the engine says of the stored events when it sees them from the first to the last
 * without a stop. Incidents that went into others are left out.
 */
export function verdicts(folder: string): Promise<{ recorded: Told; replayed: Told }> {
  return within(folder, async ({ records: { cases }, store, networks }) => {
    const open = (await cases.list({ limit: 10_000 })).filter(({ mergedInto }) => mergedInto === undefined);
    const detections = await Promise.all(open.map(({ incident }) => cases.detections(incident.id)));
    const history = {
      since: 0,
      until: Date.UTC(2100, 0, 1),
      learn: 0,
      services: "all" as const,
      read: (query: Parameters<typeof store.query>[0]) => store.query(query),
      networks,
      bounds: { events: 100_000_000, milliseconds: 600_000 },
    };
    const { told, complete } = await replay(history, [{ detectors: {}, exceptions: [] }]);
    const [again] = told;
    if (again === undefined || !complete) throw new Error("the replay did not come to its end");
    const held = new Set(again.incidents.flatMap((incident) => incident.detections));
    return {
      recorded: sorted(
        open.map(({ incident }) => incident),
        detections.flat(),
      ),
      replayed: sorted(
        again.incidents,
        again.detections.filter(({ id }) => held.has(id)),
      ),
    };
  });
}

function sorted(incidents: readonly Incident[], detections: readonly Detection[]): Told {
  const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
  const told: Told = { incidents: incidents.toSorted(byId), detections: detections.toSorted(byId) };
  // As what is on record, which knows no undefined and no negative zero.
  return JSON.parse(JSON.stringify(told));
}

async function within<T>(folder: string, look: (live: Live) => Promise<T>): Promise<T> {
  const options = { data: join(folder, "data"), port: 0, threads: 1, ingest_key: INGEST_KEY };
  const server = await startServer(readConfig({ environment: {}, options }), () => {});
  try {
    await server.live.settle();
    return await look(server.live);
  } finally {
    await server.close();
  }
}
