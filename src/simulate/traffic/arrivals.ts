/**
 * People come as the season has it: each minute a Poisson number of visits, steered gently so that the run as a whole
 * makes the requests it was asked for, while hours and days keep their own ups and downs.
 */
import type { Actor } from "../actor.ts";
import type { Scene } from "../scene.ts";
import { visit } from "./visit.ts";

const MINUTE = 60_000;
/** Requests of all ordinary traffic per visit; what the run itself shows takes over soon. */
const REQUESTS_PER_VISIT = 33;
const TRUSTED_VISITS = 400;

export function* arrivals(scene: Scene): Actor {
  const { world } = scene;
  const rng = scene.stream("arrivals");
  let visits = 0;
  for (let minute = world.start; minute < world.end; minute += MINUTE) {
    yield minute;
    const remaining = world.season.remaining(minute);
    const wanted =
      Math.max(0, world.events - scene.ordinary) * Math.min(1, world.season.share(minute) / remaining);
    const mean = wanted / requestsPerVisit(scene, visits);
    const length = Math.min(MINUTE, world.end - minute);
    for (let left = rng.poisson(mean); left > 0; left--) {
      const at = minute + rng.unit() * length;
      scene.spawn(visit(scene, scene.stream("visit", visits), at), at);
      visits++;
    }
  }
}

function requestsPerVisit(scene: Scene, visits: number): number {
  const trust = visits / (visits + TRUSTED_VISITS);
  return trust * (scene.ordinary / Math.max(1, visits)) + (1 - trust) * REQUESTS_PER_VISIT;
}
