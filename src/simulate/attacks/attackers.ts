/** Attackers as clients: browsers like everyone's, or programs that say what they are. */
import { newVisitor, type Visitor } from "../request.ts";
import { COUNTRIES } from "../world/countries.ts";
import { base64url, hexId } from "../world/identifiers.ts";
import type { Person } from "../world/people.ts";
import { userAgentOf } from "../world/user-agents.ts";
import type { AttackStage } from "./attack.ts";

const SCRIPTS = [
  "python-requests/2.32.3",
  "python-requests/2.31.0",
  "Go-http-client/2.0",
  "axios/1.7.9",
  "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)",
  "Java-http-client/21.0.5",
  "curl/8.5.0",
  "PostmanRuntime/7.43.0",
] as const;

/** A server, a VPN exit or somebody's line, as attackers have them. */
export function anyAddress({ rng, sources }: AttackStage): string {
  const draw = rng.unit();
  return draw < 0.4 ? sources.hosting(rng) : draw < 0.65 ? sources.vpn(rng) : sources.residential(rng);
}

export function browserAt(stage: AttackStage, address: string): Visitor {
  return newVisitor(stage.rng, address, userAgentOf("desktop", stage.rng.bits()), "en-US,en;q=0.9");
}

export function scriptAt(stage: AttackStage, address: string, scripts: readonly string[] = SCRIPTS): Visitor {
  const visitor = newVisitor(stage.rng, address, stage.rng.pick(scripts));
  visitor.protocol = "1.1";
  return visitor;
}

/** A script or a browser, from anywhere. */
export function anyone(stage: AttackStage): Visitor {
  return stage.rng.chance(0.5) ? browserAt(stage, anyAddress(stage)) : scriptAt(stage, anyAddress(stage));
}

export function anyPerson({ scene, rng }: AttackStage): Person {
  return scene.world.people.person(rng.below(scene.world.people.count));
}

/** From now on the visitor acts under that account. */
export function assume(visitor: Visitor, person: Person): void {
  visitor.user = person.id;
  visitor.person = person;
  visitor.session = hexId(visitor.rng.bits(), 32);
  visitor.authorization = `Bearer ${base64url(visitor.rng, 24)}`;
}

/** A customer turned attacker, or one whose account was taken long ago: signed in, at home in its own country. */
export function insider(stage: AttackStage): { visitor: Visitor; person: Person } {
  const person = anyPerson(stage);
  const address = stage.sources.home(stage.rng, COUNTRIES[person.country].code);
  const visitor = stage.rng.chance(0.6) ? browserAt(stage, address) : scriptAt(stage, address);
  visitor.language = COUNTRIES[person.country].language;
  assume(visitor, person);
  stage.episode.addUser(person.id);
  return { visitor, person };
}
