/** Programs buy up what is scarce: straight to cart and payment, faster than anyone can, with accounts kept for it. */
import type { Actor } from "../actor.ts";
import type { Visitor } from "../request.ts";
import { newTrail } from "../traffic/wander.ts";
import * as api from "../world/endpoints/shop.ts";
import { base64url } from "../world/identifiers.ts";
import type { Person } from "../world/people.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { anyPerson, assume, browserAt } from "./attackers.ts";

const ORDERS = { loud: 60, moderate: 22, distributed: 40 } as const;
const STEPS = [
  api.AVAILABILITY,
  api.CART_ADD,
  api.ADDRESS,
  api.SHIPPING,
  api.PAYMENT_INTENT,
  api.PAYMENT_CONFIRM,
  api.ORDER_PLACE,
] as const;

export const scalping: Attack = {
  name: "scalping",
  lab: true,
  category: "business_flow",
  title: "one scarce product bought up by programs",
  minutes: { moderate: 12, loud: 5, distributed: 20 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span, sources } = stage;
    const orders = intensity === "slow" ? 22 : ORDERS[intensity];
    const product = scene.world.catalogue.popular(rng);
    const address = sources.vpn(rng);
    let at = scene.now;
    let bought = 0;
    for (let i = 0; i < orders; i++) {
      const person = anyPerson(stage);
      const buyer = browserAt(stage, intensity === "distributed" ? sources.residential(rng) : address);
      const ok = yield* buy(stage, buyer, person, product, at);
      if (ok) bought++;
      at = Math.max(scene.now, at + (span / orders) * rng.between(0.5, 1.5));
    }
    episode.outcome = bought > 0 ? "succeeded" : "attempted";
    episode.story = `One product was bought ${bought} times by programs, each in under two seconds.`;
  },
};

function* buy(
  stage: AttackStage,
  buyer: Visitor,
  person: Person,
  product: number,
  start: number,
): Generator<number, boolean, void> {
  const { scene, rng, episode } = stage;
  const trail = newTrail(scene, rng, person);
  trail.product = product;
  trail.code = `pi_${base64url(rng, 24)}`;
  assume(buyer, person);
  buyer.referer = "https://www.shop.example/";
  episode.addUser(person.id);
  let at = start;
  for (const step of STEPS) {
    yield at;
    const status = scene.send(buyer, step, trail);
    if (status >= 400) return false;
    at += rng.between(60, 280);
  }
  return true;
}
