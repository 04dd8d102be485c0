/** Asks for one identifier after the other to learn which exist. */
import type { Actor } from "../actor.ts";
import type { Visitor } from "../request.ts";
import { newTrail } from "../traffic/wander.ts";
import { EMAIL_TAKEN, RESET_ASK } from "../world/endpoints/auth.ts";
import { CUSTOMER, ORDER } from "../world/endpoints/shop.ts";
import { emailOf } from "../world/people.ts";
import { GIVEN_NAMES, MAIL_HOSTS } from "../world/words.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { anyone, browserAt, insider } from "./attackers.ts";

const COUNT = { loud: 900, moderate: 260, slow: 160, distributed: 500 } as const;

export const enumerationIds: Attack = {
  name: "enumeration_ids",
  category: "enumeration",
  title: "order numbers counted up; the API answers 404 for what is not one's own",
  minutes: { moderate: 16, loud: 7, slow: 1100 },
  *act(stage: AttackStage): Actor {
    const { visitor, person } = insider(stage);
    const { catalogue } = stage.scene.world;
    const trail = newTrail(stage.scene, stage.rng, person);
    trail.order = catalogue.firstOrder + stage.rng.below(1000);
    const asked = yield* walk(stage, () => {
      trail.order += 1;
      const own = catalogue.ownerOf(trail.order) === person.index;
      stage.scene.send(visitor, ORDER, trail, own ? 200 : stage.rng.chance(0.03) ? 403 : 404);
    });
    stage.episode.outcome = "attempted";
    stage.episode.story = `${asked} consecutive order numbers were asked for from one account; none of other people's was shown.`;
  },
};

export const enumerationHarvested: Attack = {
  name: "enumeration_harvested",
  category: "enumeration",
  title: "customer ids found elsewhere, tried one by one",
  minutes: { moderate: 20, loud: 8, slow: 1100 },
  *act(stage: AttackStage): Actor {
    const { visitor, person } = insider(stage);
    const { people } = stage.scene.world;
    const trail = newTrail(stage.scene, stage.rng, person);
    let shown = 0;
    const asked = yield* walk(stage, () => {
      trail.user = people.person(stage.rng.below(people.count)).uuid;
      const status = stage.rng.chance(0.02) ? 200 : stage.rng.chance(0.1) ? 404 : 403;
      if (status === 200) shown++;
      stage.scene.send(visitor, CUSTOMER, trail, status);
    });
    stage.episode.outcome = shown > 0 ? "probably_succeeded" : "attempted";
    stage.episode.story = `${asked} ids of other customers were tried from one account; ${shown} were shown.`;
  },
};

export const enumerationUsers: Attack = {
  name: "enumeration_users",
  category: "enumeration",
  title: "e-mail addresses asked for at the registration form to learn who has an account",
  minutes: { moderate: 18, loud: 8, slow: 1100, distributed: 90 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, intensity, sources, episode } = stage;
    const { people } = scene.world;
    const trail = newTrail(scene, rng, undefined);
    let visitor: Visitor = anyone(stage);
    let known = 0;
    let turn = 0;
    const asked = yield* walk(stage, () => {
      if (intensity === "distributed" && ++turn % 7 === 0)
        visitor = browserAt(stage, sources.residential(rng));
      const person = rng.chance(0.1) ? people.person(rng.below(people.count)) : undefined;
      const email =
        person === undefined
          ? `${rng.pick(GIVEN_NAMES)}${rng.below(99_999)}@${rng.pick(MAIL_HOSTS)}`
          : emailOf(person);
      trail.term = encodeURIComponent(email);
      if (person !== undefined) known++;
      scene.send(visitor, EMAIL_TAKEN, trail, 200);
      scene.request.event["http.response.body.size"] = person === undefined ? 18 : 19;
    });
    episode.outcome = known > 0 ? "succeeded" : "attempted";
    episode.story = `${asked} e-mail addresses were asked for; the answers tell that ${known} have an account.`;
  },
};

export const enumerationResets: Attack = {
  name: "enumeration_resets",
  category: "enumeration",
  title: "new passwords asked for under many names; the API answers 404 for who has no account",
  minutes: { moderate: 18, loud: 8, slow: 1100 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode } = stage;
    const trail = newTrail(scene, rng, undefined);
    const visitor = anyone(stage);
    let known = 0;
    const asked = yield* walk(stage, () => {
      const exists = rng.chance(0.2);
      if (exists) known++;
      scene.send(visitor, RESET_ASK, trail, exists ? 202 : 404);
    });
    episode.outcome = known > 0 ? "succeeded" : "attempted";
    episode.story = `${asked} names were asked for at the form for forgotten passwords; the answers tell that ${known} have an account.`;
  },
};

/** Asks at the pace of the intensity. Returns how often. */
function* walk(stage: AttackStage, ask: () => void): Generator<number, number, void> {
  const { rng, span, intensity } = stage;
  const count = Math.round(COUNT[intensity] * rng.between(0.8, 1.2));
  let at = stage.scene.now;
  for (let i = 0; i < count; i++) {
    yield at;
    ask();
    at += (span / count) * rng.between(0.3, 1.7);
  }
  return count;
}
