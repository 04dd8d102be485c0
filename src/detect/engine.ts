/**
 * The stateful half: facts in, verdicts out. Single-threaded and deterministic: the same facts in the same order
 * give the same verdicts, whatever the batches they came in.
 */

import type { ApiEvent, Finding, Sample, SampleRef } from "../event.ts";
import { emptyFact, FACT_FLAG, type Fact } from "../fact.ts";
import { formatIpv4 } from "../normalize/address.ts";
import { FIRST_HASHED_KEY } from "../normalize/key.ts";
import { authOutcome } from "./auth.ts";
import { writeCheckpoint } from "./checkpoint.ts";
import { principalType } from "./culprit.ts";
import type { DetectContext, Detector, DetectorRun, Floors, Moment } from "./detector.ts";
import { type EndpointLimits, type Endpoints, endpointOf, NOWHERE, type RouteName } from "./endpoints.ts";
import { createEngineState, type EngineState, fitState } from "./engine-state.ts";
import { doubt, type Encounter, isServed, meet } from "./habits.ts";
import { closeMinutes, countInMinute, MINUTE_MS } from "./minutes.ts";
import { isNoteworthy } from "./noteworthy.ts";
import type { PastAttack } from "./past-attacks.ts";
import { sampleOf } from "./sample.ts";
import type { Band } from "./series/band.ts";
import { type DetectorSettings, floorsOf, isEnabled, originWords } from "./settings.ts";
import { tick } from "./state/clock.ts";
import { type Source, type SourceLimits, touch, watchedBy } from "./state/sources.ts";
import type { Verdict } from "./verdict.ts";
import { createVerdictBook } from "./verdict-book.ts";

/** The record behind the current fact, read again when a name, a new route or evidence needs it. */
export interface RecordReader {
  /** Parsed and normalised: what names are taken from. */
  event(): ApiEvent;
  route(): RouteName;
  /** In full, redacted, with its findings: what people see. */
  evidence(): Evidence;
}

export interface Evidence {
  readonly event: ApiEvent;
  readonly findings: readonly Finding[];
  readonly ref: SampleRef;
}

export interface EngineLimits extends EndpointLimits {
  readonly sources: SourceLimits;
  /** Users whose habits are known; each is 440 bytes. */
  readonly people: number;
  /** Verdicts kept; past it, low ones are only counted. */
  readonly verdicts: number;
}

export const DEFAULT_LIMITS: EngineLimits = {
  services: 256,
  endpoints: 20_000,
  words: 1000,
  routeKeys: 1 << 19,
  sources: { light: 1 << 20, watched: 20_000 },
  people: 200_000,
  verdicts: 20_000,
};

export interface Engine {
  /** @param record answers for this fact until the next one is accepted */
  accept(fact: Fact, record: RecordReader): void;
  /** No more events: detectors say their last words, everything closes. */
  end(): void;
  readonly verdicts: readonly Verdict[];
  /** Low verdicts that were only counted because the limit was reached. */
  readonly dropped: number;
  readonly endpoints: Endpoints;
  explain(verdict: Verdict): string;
  /** What people have set, from the next event on. What detectors know stays; their open verdicts go on. */
  configure(settings: DetectorSettings): void;
  readonly settings: DetectorSettings;
  /** Where thresholds of a detector stand by what was learned, as far as they are one for all. */
  learned(detector: string): Floors;
  /** What a service's requests per minute are expected to lie between, as learned so far. */
  band(service: string): Band | undefined;
  /**
   * Takes closed verdicts off the list, for whoever has stored them; open ones stay.
   * @param over attacks that leave with them, for later ones to be judged by
   */
  release(verdicts: ReadonlySet<Verdict>, over?: readonly PastAttack[]): void;
  readonly past: readonly PastAttack[];
  /** Everything it knows, between two events; `readCheckpoint` is the way back. What it costs: `bench/checkpoint.ts`. */
  save(): Uint8Array;
  /** The same in steps of some milliseconds; between the first and the last it must accept nothing and release nothing. */
  saveInPieces(): Generator<undefined, Uint8Array>;
}

/** A verdict with nothing new for this long is over. */
const QUIET_MS = 3_600_000;
/** Requests from which on a user, key or session is somebody. */
const RETURNING = 3;
const UNKNOWN_CLIENT = "unknown";

interface Known {
  readonly detector: Detector;
  readonly run: DetectorRun;
  /** The object that the detector reads. */
  readonly floors: Record<string, number>;
}

/** @param saved the state of a checkpoint, to go on from; it belongs to this engine from now on */
export function createEngine(
  detectors: readonly Detector[],
  limits: EngineLimits,
  onChange: (verdict: Verdict) => void = () => {},
  saved?: EngineState,
): Engine {
  const state = saved ?? createEngineState(detectors, limits);
  if (saved !== undefined) fitState(saved, detectors, limits);
  const { clock, endpoints, clients, actors, people, minutes, verdicts } = state;
  /** Every detector, and those that run. */
  const known = new Map<string, Known>();
  let runs: readonly DetectorRun[] = [];
  let current: RecordReader | undefined;

  const record = (): RecordReader => {
    if (current === undefined) throw new Error("no event is being looked at");
    return current;
  };
  const routeName = () => record().route();
  /** The one moment, reused for every event. */
  const scene: Moment = {
    fact: emptyFact(),
    now: 0,
    endpoint: NOWHERE,
    auth: "none",
    clientRequests: 0,
    client: undefined,
    actor: undefined,
    person: undefined,
  };
  const encounter: Encounter = {
    days: 0,
    newDevice: false,
    newNetwork: false,
    firstDevice: false,
    firstNetwork: false,
    newCountry: false,
    oddHour: false,
    usualDevices: 0,
    lastPlace: 0,
    lastTime: 0,
  };
  let moment: Moment | undefined;

  const clientName = (): string => {
    const key = moment?.fact.clientKey ?? 0;
    if (key > 0 && key < FIRST_HASHED_KEY) return formatIpv4(key);
    return record().event()["client.address"] ?? UNKNOWN_CLIENT;
  };
  const userName = (): string => {
    const event = record().event();
    return event["user.id"] ?? event["api_key.fingerprint"] ?? event["session.id"] ?? UNKNOWN_CLIENT;
  };

  const sessionName = (): string => record().event()["session.id"] ?? UNKNOWN_CLIENT;

  const nameOf = (key: number): string | undefined => {
    if (key > 0 && key < FIRST_HASHED_KEY) return formatIpv4(key);
    return watchedBy(clients, key)?.name;
  };

  const sample = (): Sample => sampleOf(record().evidence());
  const book = createVerdictBook(state, limits.verdicts, onChange, {
    moment: () => moment,
    clientName,
    sample,
  });

  for (const [slot, detector] of detectors.entries()) {
    const saving = state.detectors[slot];
    if (saving === undefined) throw new Error(`no state for ${detector.descriptor.id}`);
    const floors: Record<string, number> = { ...floorsOf(detector, state.settings) };
    const context: DetectContext = {
      floors,
      state: (create) => {
        saving.own ??= create();
        return saving.own as ReturnType<typeof create>;
      },
      endpoints,
      clients,
      actors,
      open: (opening) => book.open(detector, floors, opening),
      add: book.add,
      changed: book.changed,
      doubt: () => {
        if (moment !== undefined) doubt(people, moment.fact, moment.now);
      },
      sample,
      clientName,
      userName,
      sessionName,
      nameOf,
    };
    const run = detector.start(context, slot);
    known.set(detector.descriptor.id, { detector, run, floors });
  }

  function configure(settings: DetectorSettings): void {
    state.settings = settings;
    const running: DetectorRun[] = [];
    for (const [id, { detector, run, floors }] of known) {
      Object.assign(floors, floorsOf(detector, settings));
      if (isEnabled(settings, id)) running.push(run);
    }
    runs = running;
  }
  configure(state.settings);

  function endMinutes(now: number): void {
    moment = undefined;
    for (const minute of closeMinutes(minutes, now)) {
      for (const run of runs) run.minute?.(minute);
    }
    book.closeQuiet(now, QUIET_MS);
    state.nextMinute = Math.floor(now / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  }

  return {
    accept(fact, reader) {
      current = reader;
      const now = tick(clock, fact.time);
      if (clock.now >= state.nextMinute) endMinutes(clock.now);
      if (!Number.isNaN(fact.time)) state.lastTime = fact.time;

      const endpoint = endpointOf(endpoints, fact, routeName);
      const auth = authOutcome(fact, endpoint);
      const principalKey = fact.userKey !== 0 ? fact.userKey : fact.credentialKey;
      const asset = (fact.flags & FACT_FLAG.ASSET) !== 0;
      const noteworthy = isNoteworthy(fact, auth);
      let firstSeen = now;
      scene.fact = fact;
      scene.now = now;
      scene.endpoint = endpoint;
      scene.auth = auth;
      scene.clientRequests = 0;
      scene.client = undefined;
      scene.actor = undefined;
      scene.person = meet(people, fact, auth, now, encounter) ? encounter : undefined;
      moment = scene;
      let actor: Source | undefined;
      let returning = false;
      if (principalKey !== 0) {
        actor = touch(
          actors,
          principalKey,
          principalType(fact),
          now,
          fact.agentKey,
          fact.clientKey,
          asset,
          noteworthy,
          userName,
        );
        returning = actors.touchedRequests >= RETURNING;
      }
      if (fact.clientKey !== 0) {
        // Names in refused requests, and identities made up for one request each, stand for no people behind an address.
        const served = isServed(fact, auth);
        moment.client = touch(
          clients,
          fact.clientKey,
          "client.address",
          now,
          served ? fact.agentKey : 0,
          served && returning ? principalKey : 0,
          asset,
          noteworthy,
          clientName,
        );
        firstSeen = clients.touchedFirstSeen;
        moment.clientRequests = clients.touchedRequests;
      }
      countInMinute(minutes, fact, endpoint, now, firstSeen);
      moment.actor = principalKey === 0 ? moment.client : actor;
      for (let i = 0; i < runs.length; i++) runs[i]?.event(scene);
    },
    end() {
      endMinutes(clock.now + MINUTE_MS);
      for (const run of runs) run.end?.();
      book.closeQuiet(clock.now, Number.NEGATIVE_INFINITY);
    },
    verdicts,
    get dropped() {
      return state.dropped;
    },
    endpoints,
    explain(verdict) {
      const by = known.get(verdict.detector);
      return by === undefined ? "" : `${by.run.explain(verdict)} ${originWords(by.detector, verdict)}`;
    },
    configure,
    get settings() {
      return state.settings;
    },
    learned: (detector) => known.get(detector)?.run.learned?.() ?? {},
    band(name) {
      const service = endpoints.serviceByName.get(name);
      if (service === undefined) return undefined;
      for (const { run } of known.values()) {
        const band = run.band?.(service);
        if (band !== undefined) return band;
      }
      return undefined;
    },
    past: state.past,
    release: (released, over = []) => book.release(released, over),
    save() {
      const pieces = writeCheckpoint(state);
      for (;;) {
        const { done, value } = pieces.next();
        if (done === true) return value;
      }
    },
    saveInPieces: () => writeCheckpoint(state),
  };
}
