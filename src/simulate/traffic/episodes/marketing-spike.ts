/** A newsletter goes out: for twenty minutes three times as many people as usual. */
import type { Scene } from "../../scene.ts";
import { visit } from "../visit.ts";
import { MINUTE, weekly } from "./days.ts";

const LENGTH_MINUTES = 20;
/** Visits that come in addition, in multiples of the usual. */
const EXTRA = 2;
const REQUESTS_PER_VISIT = 40;

export function marketingSpike(scene: Scene): void {
  const { world } = scene;
  for (const [week, start] of weekly(scene, 17.5).entries()) {
    const episode = scene.openEpisode(`marketing_spike-${week + 1}`, "benign");
    const rng = scene.stream("marketing spike", week);
    let visits = 0;
    for (let m = 0; m < LENGTH_MINUTES; m++) {
      const minute = start + m * MINUTE;
      const usual = (world.events * world.season.share(minute)) / REQUESTS_PER_VISIT;
      // Opened at once by many, then by fewer and fewer.
      const wave = 1.8 * Math.exp(-m / 11);
      for (let left = rng.poisson(usual * EXTRA * wave); left > 0; left--) {
        const at = minute + rng.unit() * MINUTE;
        scene.spawn(visit(scene, scene.stream("marketing visit", week, visits), at), at, episode);
        visits++;
      }
    }
    episode.story = `A newsletter brought ${visits} more visits than usual within ${LENGTH_MINUTES} minutes.`;
  }
}
