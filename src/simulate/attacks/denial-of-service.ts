/** So many requests that nobody else gets an answer: from one machine, or from hundreds. */
import type { Actor } from "../actor.ts";
import type { Visitor } from "../request.ts";
import { newVisitor } from "../request.ts";
import { searchTerm } from "../traffic/wander.ts";
import { SEARCH } from "../world/endpoints/shop.ts";
import { HOME, SEARCH_PAGE } from "../world/endpoints/storefront.ts";
import { base64url } from "../world/identifiers.ts";
import { emptyTrail } from "../world/trail.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { scriptAt } from "./attackers.ts";
import { botnetAgents } from "./botnet.ts";

/** Requests per second, in multiples of the shop's capacity. */
const FORCE = { loud: 3, moderate: 1.4, distributed: 3 } as const;
/** A flood is at most this share of the run, but no less than makes a flood. */
const LARGEST_SHARE = 0.03;
const SMALLEST = 3_000;

export const denialOfService: Attack = {
  name: "denial_of_service",
  category: "denial_of_service",
  title: "a flood of expensive requests until the service gives way",
  minutes: { distributed: 6, loud: 4, moderate: 10 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span, start } = stage;
    const force = intensity === "slow" ? FORCE.moderate : FORCE[intensity];
    const rate = scene.load.capacity * force;
    const most = Math.max(SMALLEST, scene.world.events * LARGEST_SHARE);
    const length = Math.min(span, (most / rate) * 1000);
    const attackers = makeAttackers(stage);
    const target = rng.pick([SEARCH, SEARCH_PAGE, HOME]);
    const trail = emptyTrail();
    let sent = 0;
    for (let at = start; at < start + length; ) {
      yield at;
      trail.term = rng.chance(0.5) ? base64url(rng, 8) : searchTerm(rng);
      scene.send(rng.pick(attackers), target, trail, 200);
      sent++;
      // Rises within the first tenth, then holds.
      const ramp = Math.min(1, 0.2 + (8 * (at - start)) / length);
      at += rng.exponential(1000 / (rate * ramp));
    }
    episode.outcome = "succeeded";
    episode.story = `${sent} requests in ${Math.round(length / 1000)} seconds from ${attackers.length} machine(s) overran ${target.site.service}.`;
  },
};

function makeAttackers(stage: AttackStage): Visitor[] {
  const { rng, sources, intensity } = stage;
  if (intensity !== "distributed") return [scriptAt(stage, sources.hosting(rng))];
  const agents = botnetAgents(rng, 24);
  return Array.from({ length: 400 + rng.below(500) }, () =>
    newVisitor(rng, sources.residential(rng), rng.pick(agents)),
  );
}
