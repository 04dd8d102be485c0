/**
 * A valid account reads what belongs to others, and the API lets it (BOLA); or calls operations made for staff (BFLA).
 * Nearly every answer is 200: only whose the object is tells it from use.
 */
import type { Actor } from "../actor.ts";
import { newTrail } from "../traffic/wander.ts";
import * as admin from "../world/endpoints/backoffice.ts";
import { INVOICE, ORDER } from "../world/endpoints/shop.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { insider } from "./attackers.ts";

const COUNT = { loud: 600, moderate: 180, slow: 110 } as const;

export const brokenAccess: Attack = {
  name: "broken_access",
  category: "broken_access",
  title: "a valid account reads other customers' orders one after the other (BOLA)",
  minutes: { moderate: 24, loud: 8, slow: 1300 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span } = stage;
    const { catalogue } = scene.world;
    const { visitor, person } = insider(stage);
    const trail = newTrail(scene, rng, person);
    visitor.referer = "https://www.shop.example/";
    const count = Math.round((intensity === "distributed" ? 180 : COUNT[intensity]) * rng.between(0.8, 1.2));
    const jumps = rng.chance(0.5);
    trail.order =
      catalogue.firstOrder + rng.below(Math.max(1, catalogue.lastOrder - catalogue.firstOrder - count * 9));
    let read = 0;
    let at = scene.now;
    for (let i = 0; i < count; i++) {
      trail.order += jumps ? 1 + rng.below(8) : 1;
      trail.invoice = `INV-2026-${trail.order}`;
      yield at;
      const exists = catalogue.ownerOf(trail.order) !== undefined;
      scene.send(visitor, ORDER, trail, exists ? 200 : 404);
      if (exists) read++;
      if (exists && rng.chance(0.3)) {
        yield at + 350;
        scene.send(visitor, INVOICE, trail, 200);
      }
      at += (span / count) * rng.between(0.3, 1.7);
    }
    episode.outcome = "succeeded";
    episode.story = `One account read ${read} orders of other customers.`;
  },
};

const STAFF_ONLY = [
  admin.ADMIN_DASHBOARD,
  admin.ADMIN_CUSTOMERS,
  admin.ADMIN_ORDERS,
  admin.ADMIN_USERS,
  admin.ADMIN_REPORT,
  admin.ADMIN_CUSTOMER,
  admin.ADMIN_REFUND,
  admin.ADMIN_EXPORT,
];

export const brokenFunctionAccess: Attack = {
  name: "broken_function_access",
  lab: true,
  category: "broken_access",
  title: "a customer's account calls operations made for staff (BFLA)",
  minutes: { moderate: 12, slow: 400 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, span } = stage;
    const { visitor, person } = insider(stage);
    const trail = newTrail(scene, rng, person);
    const open = rng.chance(0.6)
      ? rng.pick([admin.ADMIN_CUSTOMER, admin.ADMIN_ORDERS, admin.ADMIN_CUSTOMERS])
      : undefined;
    const tries = 24 + rng.below(20);
    let worked = 0;
    let at = scene.now;
    trail.code = "open";
    trail.since = "2026-01-01";
    trail.day = "2026-03-01";
    for (let i = 0; i < tries; i++) {
      const endpoint = open !== undefined && i > tries / 2 ? open : rng.pick(STAFF_ONLY);
      trail.page = 1 + i;
      trail.user = scene.world.people.person(rng.below(scene.world.people.count)).uuid;
      trail.order = scene.world.catalogue.firstOrder + rng.below(5_000);
      yield at;
      if (endpoint === open) worked++;
      scene.send(visitor, endpoint, trail, endpoint === open ? 200 : 403);
      at += (span / tries) * rng.between(0.3, 1.7);
    }
    episode.outcome = worked > 0 ? "succeeded" : "attempted";
    episode.story = `A customer's account called ${tries} operations made for staff; ${worked} answered.`;
  },
};
