/** Orders without a payment: the server takes the last step from whoever has made the first ones. */
import type { Actor } from "../actor.ts";
import { newTrail } from "../traffic/wander.ts";
import * as api from "../world/endpoints/shop.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { insider } from "./attackers.ts";

const ORDERS = { loud: 50, moderate: 12, slow: 9, distributed: 12 } as const;
const STEPS = [api.CART_ADD, api.ADDRESS, api.SHIPPING, api.ORDER_PLACE] as const;

export const flowSkipping: Attack = {
  name: "flow_skipping",
  lab: true,
  category: "business_flow",
  title: "orders placed without the payment",
  minutes: { moderate: 90, loud: 25, slow: 1000 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span } = stage;
    const { visitor, person } = insider(stage);
    const orders = ORDERS[intensity];
    const trail = newTrail(scene, rng, person);
    let placed = 0;
    let start = scene.now;
    for (let i = 0; i < orders; i++) {
      trail.product = scene.world.catalogue.popular(rng);
      let at = Math.max(start, scene.now);
      for (const step of STEPS) {
        yield at;
        const status = scene.send(visitor, step, trail);
        if (step === api.ORDER_PLACE && status < 300) placed++;
        at += rng.logNormal(14_000, 0.5);
      }
      start += (span / orders) * rng.between(0.6, 1.4);
    }
    episode.outcome = placed > 0 ? "succeeded" : "attempted";
    episode.story = `${placed} of ${orders} orders were placed from one account without a payment.`;
  },
};
