/** Gives each attack its time: one after the other over the run, in an order of chance; the slow ones take what they need. */
import type { Actor } from "../actor.ts";
import { hashText } from "../random.ts";
import type { Scene } from "../scene.ts";
import type { Selected } from "./selection.ts";
import { createSources } from "./sources.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export function scheduleAttacks(scene: Scene, selected: readonly Selected[]): void {
  const { start, end } = scene.world;
  const sources = createSources();
  const slot = (end - start) / (selected.length + 0.5);
  const order = scene.stream("attack order").shuffle(selected.map((_, i) => i));
  const counts = new Map<string, number>();

  for (const [i, { attack, intensity, atHours }] of selected.entries()) {
    const kind = `${attack.name}-${intensity}`;
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    const rng = scene.stream("attack", hashText(kind), number);
    const minutes = (attack.minutes[intensity] ?? 10) * rng.between(0.8, 1.25);
    const room = atHours === undefined ? end - start : end - start - atHours * HOUR;
    const long = minutes * MINUTE > slot;
    const span = Math.min(minutes * MINUTE, room * (long ? 0.8 : 0.9));
    const at =
      atHours === undefined
        ? Math.min(start + (order[i] + rng.between(0.1, 0.4)) * slot, end - span * 1.05)
        : start + atHours * HOUR;

    const episode = scene.openEpisode(`${kind}-${number}`, "attack");
    episode.category = attack.category;
    episode.class = attack.class;
    episode.intensity = intensity;
    const stage = { scene, rng, sources, episode, intensity, start: Math.max(at, start), span };
    scene.spawn(
      begin(() => attack.act(stage)),
      stage.start,
      episode,
    );
  }
}

/** Nothing of an attack is made before its time. */
function* begin(act: () => Actor): Actor {
  yield* act();
}
