/**
 * The engine over stored history: the same facts in the same order as when they came in, so that it says what it
 * said then, or what it would have said with other settings. It works in slices and lets everything else have its
 * turn between them; it holds a page of events at a time.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { createExceptions } from "../correlate/exceptions.ts";
import { type Correlation, correlate } from "../correlate/incidents.ts";
import type { DetectionSettings } from "../correlate/settings.ts";
import type { Detector } from "../detect/detector.ts";
import { DETECTORS } from "../detect/detectors.ts";
import { createEngine, DEFAULT_LIMITS, type Engine, type RecordReader } from "../detect/engine.ts";
import { emptyFact, noteFindings } from "../fact.ts";
import { SAMPLE_SOURCE } from "../live/sample-mark.ts";
import { storedRecord } from "../live/stored-record.ts";
import { payloadKey } from "../normalize/key.ts";
import type { Networks } from "../normalize/networks.ts";
import { createFactReader } from "../normalize/normalize.ts";
import { readHistory, type StoredEvent } from "../store/sql/history.ts";
import type { ReadRows } from "../store/sql/query.ts";

export interface ReplayOptions {
  /** Event times, milliseconds since the epoch: `since` is included, `until` is not. */
  readonly since: number;
  readonly until: number;
  /** So long before `since` is read too, to learn from; what was over by then is not told. Milliseconds. */
  readonly learn: number;
  readonly services: "all" | readonly string[];
  /** Sample traffic instead of what was received. */
  readonly sample?: boolean;
  readonly read: ReadRows;
  readonly networks: Networks | undefined;
  /** All, unless said. */
  readonly detectors?: readonly Detector[];
  readonly bounds?: ReplayBounds;
  /** Nobody waits for it any more. */
  readonly signal?: AbortSignal;
}

export interface ReplayBounds {
  readonly events: number;
  readonly milliseconds: number;
}

export interface Replayed {
  /** Events that were read, those to learn from too. */
  readonly events: number;
  /** False when a bound was met: then it goes as far as `until`, the event time of the last event. */
  readonly complete: boolean;
  readonly until: number;
  /** One for each of the settings. */
  readonly told: readonly Correlation[];
}

/** A minute of one core, and a good part of a day of a busy API. */
export const REPLAY_BOUNDS: ReplayBounds = { events: 5_000_000, milliseconds: 120_000 };
const SLICE_MS = 8;

/**
 * @param settings what to hold against history; the same detectors are run once
 * @throws VedetteError what `read` throws; and the signal's reason
 */
export async function replay(
  options: ReplayOptions,
  settings: readonly DetectionSettings[],
): Promise<Replayed> {
  const { since, until, learn, services, signal } = options;
  const bounds = options.bounds ?? REPLAY_BOUNDS;
  const engines = enginesFor(settings, options.detectors ?? DETECTORS);
  const runs = [...new Set(engines)];
  const accept = acceptor(runs);
  const scope = {
    from: since - learn,
    to: until,
    services,
    source: { name: SAMPLE_SOURCE, is: options.sample === true },
  };
  const began = performance.now();
  let slice = began;
  let events = 0;
  let last = since;
  let complete = true;
  for await (const page of readHistory(scope, options.read)) {
    for (const stored of page) {
      if (performance.now() - slice > SLICE_MS) {
        await nextTurn();
        signal?.throwIfAborted();
        slice = performance.now();
      }
      accept(stored);
      last = stored.event.timestamp;
    }
    events += page.length;
    if (events >= bounds.events || performance.now() - began >= bounds.milliseconds) {
      complete = false;
      break;
    }
  }
  for (const engine of runs) engine.end();
  const told = settings.map(({ exceptions }, i) => toldBy(engines[i], exceptions, options));
  return { events, complete, until: complete ? until : last, told };
}

function enginesFor(settings: readonly DetectionSettings[], running: readonly Detector[]): readonly Engine[] {
  const made: { readonly detectors: DetectionSettings["detectors"]; readonly engine: Engine }[] = [];
  return settings.map(({ detectors }) => {
    const known = made.find((each) => isDeepStrictEqual(each.detectors, detectors));
    if (known !== undefined) return known.engine;
    const engine = createEngine(running, DEFAULT_LIMITS);
    engine.configure(detectors);
    made.push({ detectors, engine });
    return engine;
  });
}

function acceptor(engines: readonly Engine[]): (stored: StoredEvent) => void {
  const readFact = createFactReader();
  const fact = emptyFact();
  let current: StoredEvent | undefined;
  const now = (): StoredEvent => {
    if (current === undefined) throw new Error("no event is being looked at");
    return current;
  };
  const record: RecordReader = storedRecord({
    event: () => now().event,
    findings: () => now().findings,
    id: () => now().id,
  });
  return (stored) => {
    current = stored;
    readFact(stored.event, fact);
    noteFindings(fact, stored.findings, payloadKey);
    for (const engine of engines) engine.accept(fact, record);
  };
}

function toldBy(
  engine: Engine,
  exceptions: DetectionSettings["exceptions"],
  { since, networks }: ReplayOptions,
): Correlation {
  const verdicts = engine.verdicts.filter(({ lastSeen }) => lastSeen >= since);
  return correlate(verdicts, {
    descriptors: new Map(DETECTORS.map(({ descriptor }) => [descriptor.id, descriptor])),
    explain: engine.explain,
    networks,
    expected: createExceptions(exceptions),
  });
}
