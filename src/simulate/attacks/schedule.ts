/**
 * Gives each attack its time: one after the other over the run in an order of chance, so that they meet all hours; slow
 * ones take the time they need. What shows only while the shop is busy gets a place by day.
 */
import type { Actor } from "../actor.ts";
import { hashText, type Rng } from "../random.ts";
import type { Scene } from "../scene.ts";
import type { Selected } from "./selection.ts";
import { createSources } from "./sources.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Scripts overrun their time a little. */
const MARGIN = 1.3;

export function scheduleAttacks(scene: Scene, selected: readonly Selected[]): void {
  const { start, end } = scene.world;
  const sources = createSources();
  const slot = (end - start) / (selected.length + 0.5);
  const places = takePlaces(scene, selected, slot);
  const counts = new Map<string, number>();

  for (const [i, { attack, intensity, atHours }] of selected.entries()) {
    const kind = `${attack.name}-${intensity}`;
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    const rng = scene.stream("attack", hashText(kind), number);
    const wanted = (attack.minutes[intensity] ?? 10) * MINUTE * rng.between(0.8, 1.25);
    const placed = start + (places[i] + rng.between(0.1, 0.4)) * slot;
    const begins = atHours === undefined ? placed : start + atHours * HOUR;
    const span = Math.min(wanted, ((end - (atHours === undefined ? start : begins)) / MARGIN) * 0.95);
    const at = atHours === undefined ? Math.max(start, Math.min(begins, end - span * MARGIN)) : begins;

    const episode = scene.openEpisode(`${kind}-${number}`, "attack");
    episode.story = `${attack.title}; the log ends before it does.`;
    episode.category = attack.category;
    episode.class = attack.class;
    episode.intensity = intensity;
    const stage = { scene, rng, sources, episode, intensity, start: at, span };
    scene.spawn(
      begin(() => attack.act(stage)),
      at,
      episode,
    );
  }
}

/** A number of a slot for each attack. */
function takePlaces(scene: Scene, selected: readonly Selected[], slot: number): number[] {
  const rng = scene.stream("attack order");
  const free = rng.shuffle(selected.map((_, i) => i));
  const places = selected.map(() => -1);
  for (const byDay of [true, false]) {
    for (const [i, { attack }] of selected.entries()) {
      if ((attack.byDay ?? false) !== byDay) continue;
      places[i] = byDay ? takeBusy(free, scene.world.start, slot) : takeAny(free, rng);
    }
  }
  return places;
}

function takeBusy(free: number[], start: number, slot: number): number {
  const isBusy = (place: number) => {
    const hour = new Date(start + (place + 0.3) * slot).getUTCHours();
    return hour >= 8 && hour <= 19;
  };
  const index = free.findIndex(isBusy);
  return free.splice(Math.max(0, index), 1)[0];
}

function takeAny(free: number[], rng: Rng): number {
  return free.splice(rng.below(free.length), 1)[0];
}

/** Nothing of an attack is made before its time. */
function* begin(act: () => Actor): Actor {
  yield* act();
}
