/**
 * Stolen pairs of e-mail and password, tried one after the other. Lists are mostly stale: of a hundred pairs one or
 * two still open a door. The loud one uses a single machine; the distributed one a botnet that spends one or
 * two tries per address, which no count per address can see.
 */
import type { Actor } from "../actor.ts";
import { newVisitor, type Visitor } from "../request.ts";
import { tryLogin } from "../traffic/login.ts";
import { GIVEN_NAMES, MAIL_HOSTS } from "../world/words.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { botnetAgents } from "./botnet.ts";

/** Botnets differ: some use an address again now and then, some never (as measured: half a million tries at 1.01 each). */
const AGAIN = [0.01, 0.3, 0.5] as const;
const TRIES = { loud: 900, moderate: 320, slow: 260, distributed: 1500 } as const;
/** Pairs whose owner has an account here. */
const KNOWN = 0.12;

export const credentialStuffing: Attack = {
  name: "credential_stuffing",
  category: "credential_stuffing",
  title: "stolen e-mail and password pairs tried at the login",
  minutes: { distributed: 75, loud: 12, moderate: 50, slow: 1300 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span } = stage;
    const tries = Math.round(TRIES[intensity] * rng.between(0.8, 1.2));
    const hitRate = rng.between(0.006, 0.018);
    const spread = intensity === "distributed" || intensity === "slow";
    const nextBot = bots(stage);
    let visitor = nextBot();
    const again = intensity === "slow" ? 0.4 : rng.pick(AGAIN);
    let hits = 0;
    let at = scene.now;
    for (let i = 0; i < tries; i++) {
      yield at;
      if (spread && i > 0 && !rng.chance(again)) visitor = nextBot();
      const hit = i > 10 && rng.chance(hitRate);
      const who =
        hit || rng.chance(KNOWN)
          ? scene.world.people.person(rng.below(scene.world.people.count))
          : nobody(stage);
      const status = hit ? 200 : rng.chance(0.004) ? 429 : 401;
      tryLogin(scene, visitor, who, status);
      if (typeof who !== "string") episode.addUser(who.id);
      if (hit) hits++;
      at += pause(stage, span / tries);
    }
    episode.outcome = hits > 0 ? "succeeded" : "attempted";
    episode.story = `${tries} stolen pairs were tried from ${episode.sources.size} address(es); ${hits} opened an account.`;
  },
};

/** The next machine, with one of the few user agents that the tool was given. */
function bots({ rng, sources, intensity }: AttackStage): () => Visitor {
  const agents = botnetAgents(rng, intensity === "distributed" ? 14 : 5);
  return () => {
    const single = intensity === "loud" || intensity === "moderate";
    const address = single
      ? rng.chance(0.6)
        ? sources.hosting(rng)
        : sources.vpn(rng)
      : sources.residential(rng);
    const visitor = newVisitor(rng, address, rng.pick(agents));
    visitor.protocol = "1.1";
    return visitor;
  };
}

/** Machines keep an even pace; a throttled pool of them wavers a little. */
function pause({ rng, intensity }: AttackStage, mean: number): number {
  return intensity === "loud" ? mean * rng.between(0.7, 1.3) : mean * rng.between(0.3, 1.7);
}

function nobody({ rng }: AttackStage): string {
  return `${rng.pick(GIVEN_NAMES)}${rng.below(9999)}@${rng.pick(MAIL_HOSTS)}`;
}
