/**
 * People come as the season has it: each minute a Poisson number of visits, steered gently so that the run as a whole
 * makes the requests it was asked for, while hours and days keep their own ups and downs.
 */
import type { Actor } from "../actor.ts";
import { newVisitor } from "../request.ts";
import type { Scene } from "../scene.ts";
import { COUNTRIES } from "../world/countries.ts";
import { hexId } from "../world/identifiers.ts";
import { appVisit } from "./app-visit.ts";
import { newAccount } from "./sign-in.ts";
import { webVisit } from "./web-visit.ts";

const MINUTE = 60_000;
/** Requests of all ordinary traffic per visit; what the run itself shows takes over soon. */
const REQUESTS_PER_VISIT = 33;
const TRUSTED_VISITS = 400;

export interface Rush {
  /** How many times the usual number of visits comes at a time. */
  factor(time: number): number;
}

export function* arrivals(scene: Scene, rushes: readonly Rush[]): Actor {
  const { world } = scene;
  const rng = scene.stream("arrivals");
  let visits = 0;
  for (let minute = world.start; minute < world.end; minute += MINUTE) {
    yield minute;
    const remaining = world.season.remaining(minute);
    const wanted =
      Math.max(0, world.events - scene.ordinary) * Math.min(1, world.season.share(minute) / remaining);
    let mean = wanted / requestsPerVisit(scene, visits);
    for (const rush of rushes) mean *= rush.factor(minute);
    const length = Math.min(MINUTE, world.end - minute);
    for (let left = rng.poisson(mean); left > 0; left--) {
      const at = minute + rng.unit() * length;
      scene.spawn(visit(scene, visits, at), at);
      visits++;
    }
  }
}

/** Starts when it is first woken. */
function* visit(scene: Scene, number: number, at: number): Actor {
  const { world } = scene;
  const rng = scene.stream("visit", number);
  const country = world.season.country(at, rng.unit());
  const person = world.people.visitorFrom(country, rng);
  const { address, platform, userAgent } = world.networks.connect(person, at, rng);
  const visitor = newVisitor(rng, address, userAgent, COUNTRIES[country].language);
  visitor.session = hexId(rng.bits(), 32);
  if (platform === "app") yield* appVisit(scene, visitor, newAccount(person, rng.chance(0.75)));
  else yield* webVisit(scene, visitor, newAccount(person, rng.chance(0.28)));
}

function requestsPerVisit(scene: Scene, visits: number): number {
  const trust = visits / (visits + TRUSTED_VISITS);
  return trust * (scene.ordinary / Math.max(1, visits)) + (1 - trust) * REQUESTS_PER_VISIT;
}
