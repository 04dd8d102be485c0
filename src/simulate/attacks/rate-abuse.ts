/** One key in a hot loop: a program gone wild, or somebody who wants every change of a price first. */
import type { Actor } from "../actor.ts";
import { newTrail } from "../traffic/wander.ts";
import { STOCK } from "../world/endpoints/partner.ts";
import { base64url } from "../world/identifiers.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { scriptAt } from "./attackers.ts";

const PER_SECOND = { loud: 14, moderate: 4, slow: 1.2 } as const;

export const rateAbuse: Attack = {
  name: "rate_abuse",
  category: "rate_abuse",
  title: "one API key in a hot loop",
  minutes: { moderate: 12, loud: 8, slow: 45 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span, start } = stage;
    const visitor = scriptAt(stage, stage.sources.hosting(rng));
    visitor.user = "partner-deal-radar";
    visitor.authorization = `Bearer sk_partner_${base64url(rng, 24)}`;
    episode.addUser(visitor.user);
    const rate = intensity === "distributed" ? 4 : PER_SECOND[intensity];
    const limited = rng.chance(0.5);
    const trail = newTrail(scene, rng, undefined);
    let calls = 0;
    for (let at = start; at < start + span; at += rng.exponential(1000 / rate)) {
      if (rng.chance(0.05)) trail.product = scene.world.catalogue.popular(rng);
      yield at;
      scene.send(visitor, STOCK, trail, limited && calls > 300 && rng.chance(0.4) ? 429 : 200);
      calls++;
    }
    episode.outcome = "attempted";
    episode.story = `One API key made ${calls} calls in ${Math.round(span / 60_000)} minutes${limited ? ", some of them refused" : ""}.`;
  },
};
