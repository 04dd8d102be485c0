/** Somebody else uses a session while its owner is still at it. */
import type { Actor } from "../actor.ts";
import { newAccount } from "../traffic/sign-in.ts";
import { visitorOf } from "../traffic/visit.ts";
import { newTrail } from "../traffic/wander.ts";
import { webVisit } from "../traffic/web-visit.ts";
import * as api from "../world/endpoints/shop.ts";
import { base64url } from "../world/identifiers.ts";
import { userAgentOf } from "../world/user-agents.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { anyPerson, browserAt } from "./attackers.ts";

export const sessionHijack: Attack = {
  name: "session_hijack",
  lab: true,
  category: "session_hijack",
  title: "a stolen session used from elsewhere while its owner is active",
  minutes: { moderate: 20, slow: 240 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, span, sources, start } = stage;
    const victim = anyPerson(stage);
    const ownersRng = scene.stream("owner of", episode.id);
    const address = scene.world.networks.home(victim, start);
    const owner = visitorOf(
      victim,
      { address, platform: "desktop", userAgent: userAgentOf("desktop", victim.hash) },
      ownersRng,
    );
    const account = newAccount(victim, false);
    const owners = scene.openEpisode(`owner-of-${episode.id}`, "benign");
    owners.counts = false;
    owners.story = "The rightful owner of a session that is stolen meanwhile.";
    account.signedIn = true;
    account.tokenUntil = Number.POSITIVE_INFINITY;
    owner.user = victim.id;
    owner.authorization = `Bearer ${base64url(ownersRng, 24)}`;
    for (let visit = 0; visit < 3; visit++)
      scene.spawn(webVisit(scene, owner, account), start + (visit * span) / 3, owners);

    const thief = browserAt(stage, rng.chance(0.5) ? sources.vpn(rng) : sources.residential(rng));
    thief.user = victim.id;
    thief.session = owner.session;
    thief.authorization = owner.authorization;
    thief.referer = "https://www.shop.example/";
    const trail = newTrail(scene, rng, victim);
    trail.order = scene.world.catalogue.order(victim.index, 0);
    trail.invoice = `INV-2026-${trail.order}`;
    episode.addUser(victim.id);
    let at = start + span * 0.15;
    const looks = [
      api.ME,
      api.CUSTOMER,
      api.ADDRESSES,
      api.PAYMENT_METHODS,
      api.ORDERS,
      api.ORDER,
      api.INVOICE,
      api.EXPORT_ME,
    ];
    for (let i = 0; i < 26; i++) {
      yield at;
      const look = i < looks.length ? looks[i] : rng.pick(looks);
      scene.send(thief, look, trail, look.status);
      at += ((span * 0.8) / 26) * rng.between(0.2, 1.8);
    }
    episode.outcome = "succeeded";
    episode.story =
      "A stolen session read a customer's profile, orders and export while the customer was shopping.";
  },
};
