/** Tries coupon codes until some are worth something. */
import type { Actor } from "../actor.ts";
import { newTrail } from "../traffic/wander.ts";
import { COUPON } from "../world/endpoints/shop.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { insider } from "./attackers.ts";

const GUESSES = { loud: 600, moderate: 200, slow: 90 } as const;

export const couponGuessing: Attack = {
  name: "coupon_guessing",
  category: "brute_force",
  title: "coupon codes guessed in the cart",
  minutes: { moderate: 18, loud: 7, slow: 700 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span } = stage;
    const { visitor, person } = insider(stage);
    const trail = newTrail(scene, rng, person);
    const guesses = intensity === "distributed" ? 200 : GUESSES[intensity];
    let hits = 0;
    let at = scene.now;
    for (let i = 0; i < guesses; i++) {
      yield at;
      const hit = rng.chance(0.008);
      if (hit) hits++;
      scene.send(visitor, COUPON, trail, hit ? 200 : rng.chance(0.02) ? 429 : 422);
      at += (span / guesses) * rng.between(0.4, 1.6);
    }
    episode.outcome = hits > 0 ? "succeeded" : "attempted";
    episode.story = `${guesses} coupon codes were tried from one account; ${hits} were valid.`;
  },
};
