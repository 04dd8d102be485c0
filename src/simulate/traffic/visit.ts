/** Somebody comes: who, from where, with what. */
import type { Actor } from "../actor.ts";
import type { Rng } from "../random.ts";
import { newVisitor, type Visitor } from "../request.ts";
import type { Scene } from "../scene.ts";
import type { Connection } from "../world/connection.ts";
import { COUNTRIES } from "../world/countries.ts";
import { hexId } from "../world/identifiers.ts";
import type { Person } from "../world/people.ts";
import { appVisit } from "./app-visit.ts";
import { newAccount } from "./sign-in.ts";
import { webVisit } from "./web-visit.ts";

/** One visit by someone who is likely to come at that time. Starts when it is first woken. */
export function* visit(scene: Scene, rng: Rng, at: number): Actor {
  const { season, people, networks } = scene.world;
  const person = people.visitorFrom(season.country(at, rng.unit()), rng);
  const connection = networks.connect(person, at, rng);
  const visitor = visitorOf(person, connection, rng);
  if (connection.platform === "app") yield* appVisit(scene, visitor, newAccount(person, rng.chance(0.75)));
  else yield* webVisit(scene, visitor, newAccount(person, rng.chance(0.28)));
}

/** A person at a device, not signed in yet. */
export function visitorOf(person: Person, connection: Connection, rng: Rng): Visitor {
  const visitor = newVisitor(
    rng,
    connection.address,
    connection.userAgent,
    COUNTRIES[person.country].language,
  );
  visitor.person = person;
  visitor.session = hexId(rng.bits(), 32);
  return visitor;
}
