/** A newsletter goes out: for twenty minutes three times as many people as usual; on television, in minutes eight times. */
import type { Scene } from "../../scene.ts";
import { visit } from "../visit.ts";
import { inWeek, MINUTE, weekly } from "./days.ts";

const REQUESTS_PER_VISIT = 40;

interface Spike {
  readonly name: string;
  readonly cause: string;
  /** Of the day, UTC, and the day of the week from the first of the run. */
  readonly hour: number;
  readonly day: number;
  readonly on: (scene: Scene, hour: number, day: number) => number[];
  readonly minutes: number;
  /** Visits that come in addition, in multiples of the usual. */
  readonly extra: number;
  /** Minutes after which the wave has sunk to a third. */
  readonly fades: number;
}

const SPIKES: readonly Spike[] = [
  {
    name: "marketing_spike",
    cause: "A newsletter",
    hour: 17.5,
    day: 1,
    on: weekly,
    minutes: 20,
    extra: 2,
    fades: 11,
  },
  {
    name: "television",
    cause: "A minute on television",
    hour: 19.6,
    day: 3,
    on: inWeek,
    minutes: 12,
    extra: 7,
    fades: 3,
  },
];

export function marketingSpikes(scene: Scene): void {
  for (const spike of SPIKES) {
    for (const [week, start] of weekly(scene, spike.hour, spike.day).entries())
      rise(scene, spike, week, start);
  }
}

function rise(scene: Scene, spike: Spike, week: number, start: number): void {
  const { world } = scene;
  const words = spike.name.replace("_", " ");
  const episode = scene.openEpisode(`${spike.name}-${week + 1}`, "benign");
  const rng = scene.stream(words, week);
  let visits = 0;
  for (let m = 0; m < spike.minutes; m++) {
    const minute = start + m * MINUTE;
    const usual = (world.events * world.season.share(minute)) / REQUESTS_PER_VISIT;
    // Opened at once by many, then by fewer and fewer.
    const wave = 1.8 * Math.exp(-m / spike.fades);
    for (let left = rng.poisson(usual * spike.extra * wave); left > 0; left--) {
      const at = minute + rng.unit() * MINUTE;
      scene.spawn(visit(scene, scene.stream(`${words} visit`, week, visits), at), at, episode);
      visits++;
    }
  }
  episode.story = `${spike.cause} brought ${visits} more visits than usual within ${spike.minutes} minutes.`;
}
