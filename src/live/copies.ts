/**
 * What is on record, on its way into the store, where queries join it with events. Alerts do not wait for it: while
 * the store is away, what changes is only noted. What no note is left for is looked up in the records when the store
 * is back: incidents are all there. Facts are not, so the oldest of too many are dropped, and counted.
 */
import type { Detection, Incident } from "../event.ts";
import type { EventStore } from "../store/contract.ts";
import type { Cases, ChangedSince } from "../store/records/cases.ts";

export interface CopiesOptions {
  readonly cases: Pick<Cases, "get" | "detections" | "changedSince">;
  readonly store: Pick<EventStore, "putIncidents" | "putDetections">;
  /** Milliseconds since the epoch, as changes are recorded with. */
  readonly now: () => number;
  /** Most notes of incidents, and most facts, that wait. */
  readonly most?: number;
}

export interface CopyMetrics {
  /** Incidents and facts that wait for the store, as far as they are noted. */
  readonly waiting: number;
  /** Facts that are not in the store, as too many waited for it. */
  readonly dropped: number;
}

export interface Copies {
  /** These are on record. */
  incidents(ids: Iterable<string>): void;
  /** Detections that are expected and in no incident. */
  facts(detections: readonly Detection[]): void;
  /** Copies what waits. @throws VedetteError STORE_UNAVAILABLE: what is left comes again with the next call */
  copy(): Promise<void>;
  readonly metrics: CopyMetrics;
}

const MOST = 10_000;
const FACTS_AT_ONCE = 100;
const INCIDENTS_AT_ONCE = 200;

export function createCopies({ cases, store, now, most = MOST }: CopiesOptions): Copies {
  const changed = new Set<string>();
  const facts = new Map<string, Detection>();
  /** When the first of `changed` was noted. */
  let since = 0;
  /** Where to go on among the records, when there were too many for notes. */
  let lookFrom: ChangedSince | undefined;
  let dropped = 0;

  function note(id: string): void {
    if (changed.size === 0) since = now();
    changed.add(id);
    if (changed.size <= most) return;
    changed.clear();
    lookFrom = { at: Math.min(since, lookFrom?.at ?? since), id: "" };
  }

  /** In one statement each: a statement costs what a thousand events cost. */
  async function copyIncidents(ids: readonly string[]): Promise<void> {
    const incidents: Incident[] = [];
    const versions: number[] = [];
    const detections: Detection[] = [];
    const theirVersions: number[] = [];
    for (const id of ids) {
      const recorded = await cases.get(id);
      if (recorded === undefined) continue;
      incidents.push(recorded.incident);
      versions.push(recorded.version);
      for (const detection of await cases.detections(id)) {
        detections.push(detection);
        theirVersions.push(recorded.version);
      }
    }
    await store.putIncidents(incidents, versions);
    await store.putDetections(detections, theirVersions);
  }

  async function copyNoted(): Promise<void> {
    while (changed.size > 0) {
      const ids = [...changed].slice(0, INCIDENTS_AT_ONCE);
      // First, so that a change in the meantime is copied too.
      for (const id of ids) changed.delete(id);
      try {
        await copyIncidents(ids);
      } catch (cause) {
        for (const id of ids) note(id);
        throw cause;
      }
    }
  }

  async function copyRecorded(): Promise<void> {
    while (lookFrom !== undefined) {
      const from = lookFrom;
      const found = await cases.changedSince(from, INCIDENTS_AT_ONCE);
      await copyIncidents(found.map(({ id }) => id));
      // Unless there were too many notes again, meanwhile.
      if (lookFrom === from) lookFrom = found.at(-1);
    }
  }

  async function copyFacts(): Promise<void> {
    while (facts.size > 0) {
      const part = [...facts.values()].slice(0, FACTS_AT_ONCE);
      // Below every version of an incident's detections.
      await store.putDetections(part, 0);
      for (const fact of part) if (facts.get(fact.id) === fact) facts.delete(fact.id);
    }
  }

  return {
    incidents(ids) {
      for (const id of ids) note(id);
    },
    facts(detections) {
      for (const detection of detections) {
        // Anew, so that the oldest stands first.
        facts.delete(detection.id);
        facts.set(detection.id, detection);
      }
      for (const id of facts.keys()) {
        if (facts.size <= most) return;
        facts.delete(id);
        dropped++;
      }
    },
    async copy() {
      await copyRecorded();
      await copyNoted();
      await copyFacts();
    },
    get metrics() {
      return { waiting: changed.size + facts.size, dropped };
    },
  };
}
