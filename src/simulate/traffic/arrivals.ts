/**
 * People come as the season has it: each minute a Poisson number of visits, steered gently so that the run as a whole
 * makes the requests it was asked for, while hours and days keep their own ups and downs.
 */
import type { Actor } from "../actor.ts";
import type { Scene } from "../scene.ts";
import { visit } from "./visit.ts";

const MINUTE = 60_000;
/** Requests of all ordinary traffic per visit; what the run itself shows takes over soon. */
const REQUESTS_PER_VISIT = 31;
const TRUSTED_VISITS = 60;
/** How fast visits fade: of their requests, the share still to come shrinks by this factor each minute. */
const STILL_TO_COME = 0.68;

export function* arrivals(scene: Scene): Actor {
  const { world } = scene;
  const rng = scene.stream("arrivals");
  let visits = 0;
  // Visits under way, weighed by how much of them is still to come.
  let underWay = 0;
  for (let minute = world.start; minute < world.end; minute += MINUTE) {
    yield minute;
    underWay *= STILL_TO_COME;
    const perVisit = requestsPerVisit(scene, visits - underWay);
    const share = world.season.share(minute);
    // Visits of the last minutes are cut off by the end, so the time that counts ends a little earlier.
    const left = Math.max(share, world.season.remaining(minute) - share / (1 - STILL_TO_COME));
    const wanted = Math.max(0, world.events - scene.ordinary - underWay * perVisit);
    const length = Math.min(MINUTE, world.end - minute);
    for (let count = rng.poisson((wanted * (share / left)) / perVisit); count > 0; count--) {
      const at = minute + rng.unit() * length;
      scene.spawn(visit(scene, scene.stream("visit", visits), at), at);
      visits++;
      underWay++;
    }
  }
}

function requestsPerVisit(scene: Scene, visits: number): number {
  const trust = visits / (visits + TRUSTED_VISITS);
  return trust * (scene.ordinary / Math.max(1, visits)) + (1 - trust) * REQUESTS_PER_VISIT;
}
