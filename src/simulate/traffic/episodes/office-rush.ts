/** Nine in the morning: a large office signs in, all from one address, with the typing errors of a Monday. */
import type { Actor } from "../../actor.ts";
import { newVisitor } from "../../request.ts";
import type { Scene } from "../../scene.ts";
import { ME, NOTIFICATIONS, ORDERS, RECOMMENDATIONS } from "../../world/endpoints/shop.ts";
import { userAgentOf } from "../../world/user-agents.ts";
import { newAccount, signIn } from "../sign-in.ts";
import { newTrail } from "../wander.ts";
import { crowd, daily, MINUTE } from "./days.ts";

const GERMANY = 0;

export function officeRush(scene: Scene): void {
  for (const [day, at] of daily(scene, 7.95, true).entries()) {
    const rng = scene.stream("office rush", day);
    const episode = scene.openEpisode(`office_rush-${day + 1}`, "benign");
    const address = scene.world.networks.office(GERMANY, 0);
    const people = crowd(scene, 0.45, 160);
    for (let i = 0; i < people; i++)
      scene.spawn(colleague(scene, address, day, i), at + Math.abs(rng.normal()) * 6 * MINUTE, episode);
    episode.story = `${people} people of one office signed in around nine, all from ${address}.`;
  }
}

function* colleague(scene: Scene, address: string, day: number, number: number): Actor {
  const { people } = scene.world;
  const rng = scene.stream("office rush", day, number);
  // The same people every day: the first customers of the country, who are its most frequent.
  const person = people.person((number * 7 + 3) % Math.max(1, people.countIn(GERMANY)));
  const visitor = newVisitor(rng, address, userAgentOf("desktop", person.hash), "de-DE,de;q=0.9");
  const account = newAccount(person, false);
  const trail = newTrail(scene, rng, person);
  visitor.referer = "https://www.shop.example/";
  let at = yield* signIn(scene, visitor, trail, account, scene.now);
  if (!account.signedIn) return;
  for (const endpoint of [ME, NOTIFICATIONS, RECOMMENDATIONS, ORDERS]) {
    at += rng.exponential(60);
    yield at;
    scene.send(visitor, endpoint, trail);
  }
}
