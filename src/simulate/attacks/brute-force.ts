/** One account, one password after the other. */
import type { Actor } from "../actor.ts";
import { tryLogin } from "../traffic/login.ts";
import { newTrail } from "../traffic/wander.ts";
import { ADDRESSES, ME, ORDERS } from "../world/endpoints/shop.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { anyAddress, anyone, anyPerson, assume, browserAt } from "./attackers.ts";

const TRIES = { loud: 420, moderate: 130, slow: 80, distributed: 260 } as const;
const SUCCEEDS = 0.4;
/** Some logins lock or slow down an account; the shop's does so now and then. */
const IS_LIMITED = 0.3;
const LIMIT = 60;

export const bruteForce: Attack = {
  name: "brute_force",
  category: "brute_force",
  title: "many passwords for one account",
  minutes: { moderate: 14, loud: 6, slow: 900, distributed: 90 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span, sources } = stage;
    const victim = anyPerson(stage);
    const tries = Math.round(TRIES[intensity] * rng.between(0.8, 1.2));
    const succeeds = rng.chance(SUCCEEDS);
    const limit = !succeeds && rng.chance(IS_LIMITED) ? LIMIT : Number.POSITIVE_INFINITY;
    let attacker = anyone(stage);
    let at = scene.now;
    episode.addUser(victim.id);
    for (let i = 0; i < tries; i++) {
      if (intensity === "distributed" && i > 0)
        attacker = browserAt(stage, rng.chance(0.8) ? sources.residential(rng) : anyAddress(stage));
      yield at;
      tryLogin(scene, attacker, victim, i < limit ? 401 : 429);
      at += (span / tries) * rng.between(0.5, 1.5);
    }
    if (succeeds) {
      yield at;
      tryLogin(scene, attacker, victim, 200);
      assume(attacker, victim);
      const trail = newTrail(scene, rng, victim);
      for (const endpoint of [ME, ADDRESSES, ORDERS]) {
        yield at + rng.between(400, 3_000);
        at += 3_000;
        scene.send(attacker, endpoint, trail, 200);
      }
    }
    episode.outcome = succeeds ? "succeeded" : "attempted";
    episode.story = succeeds
      ? `${tries} passwords were tried for one account; then one fitted and the account was opened.`
      : `${tries} passwords were tried for one account; none fitted.`;
  },
};
