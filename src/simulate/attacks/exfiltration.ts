/** Data leaves: much at once by exports, or a little every hour for days. */
import type { Actor } from "../actor.ts";
import { newTrail } from "../traffic/wander.ts";
import { ADMIN_EXPORT, ADMIN_LOGIN } from "../world/endpoints/backoffice.ts";
import { PARTNER_ORDER } from "../world/endpoints/partner.ts";
import { CUSTOMER, INVOICE } from "../world/endpoints/shop.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { anyAddress, browserAt, insider, scriptAt } from "./attackers.ts";

const EXPORTS = { loud: 160, moderate: 60, slow: 70 } as const;

export const exfiltrationBytes: Attack = {
  name: "exfiltration_bytes",
  category: "exfiltration",
  title: "customer data exported in bulk with a member of staff's account, from elsewhere",
  minutes: { moderate: 22, loud: 12, slow: 1300 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span } = stage;
    const thief = browserAt(stage, anyAddress(stage));
    const trail = newTrail(scene, rng, undefined);
    const pages = intensity === "distributed" ? 60 : EXPORTS[intensity];
    yield scene.now;
    scene.send(thief, ADMIN_LOGIN, trail, 200);
    thief.user = "staff-gruber";
    episode.addUser(thief.user);
    let bytes = 0;
    let at = scene.now + 6_000;
    for (trail.page = 1; trail.page <= pages; trail.page++) {
      yield at;
      scene.send(thief, ADMIN_EXPORT, trail, 200);
      bytes += scene.request.event["http.response.body.size"] ?? 0;
      at += (span / pages) * rng.between(0.6, 1.4);
    }
    episode.outcome = "succeeded";
    episode.story = `${pages} pages of customer data, ${Math.round(bytes / 1e6)} MB, were exported with a member of staff's account.`;
  },
};

const RECORDS = { slow: 460, moderate: 380, loud: 900 } as const;

export const exfiltrationCount: Attack = {
  name: "exfiltration_count",
  category: "exfiltration",
  title: "customers' records read a few at a time, for days",
  minutes: { slow: 3200, moderate: 240, loud: 30 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span } = stage;
    const { people, catalogue } = scene.world;
    episode.outcome = "succeeded";
    const asPartner = rng.chance(0.4);
    const visitor = asPartner ? scriptAt(stage, stage.sources.hosting(rng)) : insider(stage).visitor;
    if (asPartner) {
      visitor.user = "partner-parcel-point";
      visitor.authorization = "Bearer sk_partner_parcel_point";
      episode.addUser(visitor.user);
    }
    const trail = newTrail(scene, rng, undefined);
    const records = intensity === "distributed" ? 380 : RECORDS[intensity];
    let at = scene.now;
    for (let i = 0; i < records; i++) {
      const person = people.person(rng.below(people.count));
      trail.user = person.uuid;
      trail.order = catalogue.order(person.index, 0);
      trail.invoice = `INV-2026-${trail.order}`;
      yield at;
      scene.send(visitor, asPartner ? PARTNER_ORDER : rng.chance(0.7) ? CUSTOMER : INVOICE, trail, 200);
      at += (span / records) * rng.between(0.2, 1.8);
    }
    episode.story = `${records} records of other customers were read within ${Math.round(span / 3_600_000)} hours, never many at once.`;
  },
};
