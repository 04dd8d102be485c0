/** The verdicts of an engine: opened, grown by events, closed when nothing comes any more, released when stored. */
import type { Entity, Sample } from "../event.ts";
import type { Detector, Floors, Moment, Opening } from "./detector.ts";
import { templateOf } from "./endpoints.ts";
import type { EngineState } from "./engine-state.ts";
import { keepAttacks, type PastAttack } from "./past-attacks.ts";
import { originOf } from "./settings.ts";
import type { Source } from "./state/sources.ts";
import { noteTraits } from "./traits.ts";
import { createVerdict, type Verdict } from "./verdict.ts";

export interface VerdictBook {
  open(detector: Detector, floors: Floors, opening: Opening): Verdict;
  /** Counts the current event to a verdict. */
  add(verdict: Verdict): void;
  changed(verdict: Verdict): void;
  /** @param quietMs closes those that nothing came to for so long */
  closeQuiet(now: number, quietMs: number): void;
  release(verdicts: ReadonlySet<Verdict>, over: readonly PastAttack[]): void;
}

/** What is being looked at. */
export interface Scene {
  /** Undefined outside of an event. */
  moment(): Moment | undefined;
  clientName(): string;
  /** The current event as a person should see it. */
  sample(): Sample;
}

const FIRST_SAMPLES = 5;
const MAX_SAMPLES = 10;

/** @param most verdicts kept; past it, low ones are only counted */
export function createVerdictBook(
  state: EngineState,
  most: number,
  onChange: (verdict: Verdict) => void,
  scene: Scene,
): VerdictBook {
  const { clock, endpoints, verdicts, open } = state;

  function sourceOf(moment: Moment, entity: Entity): Source | undefined {
    const { client, actor } = moment;
    if (client !== undefined && entity.type === "client.address" && client.name === entity.value)
      return client;
    return actor?.name === entity.value ? actor : undefined;
  }

  return {
    open(detector, floors, opening) {
      const inEvent = opening.at === undefined ? scene.moment() : undefined;
      const source = inEvent === undefined ? undefined : sourceOf(inEvent, opening.entity);
      const verdict = createVerdict(detector.descriptor, opening, {
        at: opening.at ?? state.lastTime,
        now: clock.now,
        service: opening.service ?? inEvent?.endpoint.service.name ?? "",
        endpoint: opening.endpoint ?? (inEvent === undefined ? "" : templateOf(endpoints, inEvent.endpoint)),
        via:
          inEvent !== undefined && opening.entity.type !== "client.address" ? scene.clientName() : undefined,
        floor: floors[opening.line],
        origin: originOf(detector, opening.line, opening.threshold, floors, opening.learned),
      });
      const low = opening.severity === "low" || opening.severity === "info";
      if (low && verdicts.length >= most) {
        state.dropped++;
        verdict.kept = false;
        open.set(verdict, undefined);
        return verdict;
      }
      verdicts.push(verdict);
      open.set(verdict, source);
      if (source !== undefined) {
        source.holds++;
        source.named++;
      }
      onChange(verdict);
      return verdict;
    },
    add(verdict) {
      verdict.events++;
      verdict.touched = clock.now;
      const { lastTime } = state;
      if (lastTime > verdict.lastSeen) verdict.lastSeen = lastTime;
      if (lastTime < verdict.firstSeen) verdict.firstSeen = lastTime;
      const moment = scene.moment();
      if (moment !== undefined) noteTraits(verdict.traits, moment.fact);
      const { samples, events } = verdict;
      if (samples.length < FIRST_SAMPLES) samples.push(scene.sample());
      else if ((events & (events - 1)) === 0) {
        if (samples.length >= MAX_SAMPLES) samples.splice(FIRST_SAMPLES, 1);
        samples.push(scene.sample());
      }
    },
    changed(verdict) {
      if (verdict.kept) onChange(verdict);
    },
    closeQuiet(now, quietMs) {
      for (const [verdict, source] of open) {
        if (now - verdict.touched < quietMs) continue;
        verdict.closed = true;
        open.delete(verdict);
        if (source !== undefined) source.holds--;
      }
    },
    release(released, over) {
      keepAttacks(state.past, over);
      let kept = 0;
      for (const verdict of verdicts) {
        verdict.kept = !verdict.closed || !released.has(verdict);
        if (verdict.kept) verdicts[kept++] = verdict;
      }
      verdicts.length = kept;
    },
  };
}
