/** A stolen password fits; from a new device the thief changes the e-mail address and orders on the victim's card. */
import type { Actor } from "../actor.ts";
import type { Visitor } from "../request.ts";
import { tryLogin } from "../traffic/login.ts";
import { newTrail } from "../traffic/wander.ts";
import * as api from "../world/endpoints/shop.ts";
import { base64url } from "../world/identifiers.ts";
import { GIVEN_NAMES } from "../world/words.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { anyAddress, anyPerson, assume, browserAt, scriptAt } from "./attackers.ts";

const CHECKED_PAIRS = { moderate: 24, loud: 60, slow: 9 } as const;

export const accountTakeover: Attack = {
  name: "account_takeover",
  lab: true,
  category: "account_takeover",
  title: "a stolen password that fits, a new device, a changed e-mail address, an order",
  minutes: { moderate: 25, loud: 15, slow: 900 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span, sources } = stage;
    const victim = anyPerson(stage);
    const checker = scriptAt(stage, anyAddress(stage));
    const pairs = intensity === "distributed" ? 24 : CHECKED_PAIRS[intensity];
    let at = scene.now;
    for (let i = 0; i < pairs; i++) {
      yield at;
      tryLogin(scene, checker, `${rng.pick(GIVEN_NAMES)}.${rng.below(999)}@mail.example`, 401);
      at += ((span * 0.5) / pairs) * rng.between(0.3, 1.7);
    }
    yield at;
    tryLogin(scene, checker, victim, 200);
    episode.addUser(victim.id);
    yield at + span * 0.25;
    const thief = browserAt(stage, sources.residential(rng));
    yield* plunder(stage, thief, victim, at + span * 0.25);
    episode.outcome = "succeeded";
    episode.story =
      "A stolen password fitted; from a new device the e-mail address was changed and an order placed.";
  },
};

function* plunder(
  stage: AttackStage,
  thief: Visitor,
  victim: ReturnType<typeof anyPerson>,
  start: number,
): Actor {
  const { scene, rng } = stage;
  const trail = newTrail(scene, rng, victim);
  trail.code = `pi_${base64url(rng, 24)}`;
  trail.order = scene.world.catalogue.newOrder(start);
  thief.referer = "https://www.shop.example/";
  let at = start;
  yield at;
  tryLogin(scene, thief, victim, 200);
  assume(thief, victim);
  const steps = [
    api.ME,
    api.CUSTOMER,
    api.ADDRESSES,
    api.PAYMENT_METHODS,
    api.ORDERS,
    api.EMAIL_CHANGE,
    api.PROFILE_CHANGE,
    api.PRODUCT,
    api.CART_ADD,
    api.CART,
    api.ADDRESS,
    api.SHIPPING,
    api.PAYMENT_INTENT,
    api.PAYMENT_CONFIRM,
    api.ORDER_PLACE,
    api.ORDER,
  ];
  for (const step of steps) {
    at += rng.logNormal(6_000, 0.8);
    yield at;
    scene.send(thief, step, trail, step.status);
  }
}
