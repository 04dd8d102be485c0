/** One or two common passwords for every account that is known: no account sees more than a few failures. */
import type { Actor } from "../actor.ts";
import type { Visitor } from "../request.ts";
import { tryLogin } from "../traffic/login.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { anyAddress, anyone, browserAt } from "./attackers.ts";

const ACCOUNTS = { loud: 500, moderate: 220, slow: 150, distributed: 400 } as const;
const PASSWORDS = ["Winter2026!", "Password1", "Spring2026"] as const;

export const passwordSpraying: Attack = {
  name: "password_spraying",
  category: "password_spraying",
  title: "one common password for very many accounts",
  minutes: { moderate: 35, loud: 9, slow: 1000, distributed: 120 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span } = stage;
    const { people } = scene.world;
    const accounts = Math.min(people.count, Math.round(ACCOUNTS[intensity] * rng.between(0.8, 1.2)));
    const first = rng.below(people.count);
    const passwords = PASSWORDS.slice(0, intensity === "loud" ? 2 : 1);
    const tries = accounts * passwords.length;
    let attacker = anyone(stage);
    let hits = 0;
    let at = scene.now;
    for (const password of passwords) {
      for (let i = 0; i < accounts; i++) {
        if (intensity === "distributed" && i % 4 === 3) attacker = nextProxy(stage);
        yield at;
        // The list is in the order in which the accounts were made, as it was found.
        const person = people.person((first + i * 3) % people.count);
        const hit = rng.chance(0.006);
        if (hit) hits++;
        tryLogin(scene, attacker, person, hit ? 200 : 401, password);
        episode.addUser(person.id);
        at += (span / tries) * rng.between(0.6, 1.4);
      }
    }
    episode.outcome = hits > 0 ? "succeeded" : "attempted";
    episode.story = `${passwords.length} common password(s) were tried on ${accounts} accounts; ${hits} fitted.`;
  },
};

function nextProxy(stage: AttackStage): Visitor {
  const { rng, sources } = stage;
  return browserAt(stage, rng.chance(0.7) ? sources.residential(rng) : anyAddress(stage));
}
