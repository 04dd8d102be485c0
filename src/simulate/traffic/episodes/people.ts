/** Single people whose ordinary doings look odd: a password manager with an old password, a traveller, an export. */
import type { Actor } from "../../actor.ts";
import type { Episode } from "../../labels.ts";
import { newVisitor } from "../../request.ts";
import type { Scene } from "../../scene.ts";
import { COUNTRIES } from "../../world/countries.ts";
import { ADMIN_EXPORT, ADMIN_HOME, ADMIN_LOGIN } from "../../world/endpoints/backoffice.ts";
import { emptyTrail } from "../../world/trail.ts";
import { userAgentOf } from "../../world/user-agents.ts";
import { OFFICE_ADDRESS } from "../background/staff.ts";
import { tryLogin } from "../login.ts";
import { newAccount } from "../sign-in.ts";
import { visitorOf } from "../visit.ts";
import { webVisit } from "../web-visit.ts";
import { daily, HOUR, weekly } from "./days.ts";

export function oddPeople(scene: Scene): void {
  for (const [i, at] of daily(scene, 20.3).entries()) {
    const episode = scene.openEpisode(`password_manager-${i + 1}`, "benign");
    scene.spawn(
      passwordManager(scene, i, episode),
      at + scene.stream("password manager", i).between(-2, 2) * HOUR,
      episode,
    );
  }
  for (const [i, at] of weekly(scene, 6.6, 0).entries()) {
    const episode = scene.openEpisode(`traveller-${i + 1}`, "benign");
    scene.spawn(traveller(scene, i, episode), at, episode);
  }
  for (const [i, at] of weekly(scene, 9.7, 2).entries()) {
    const episode = scene.openEpisode(`staff_export-${i + 1}`, "benign");
    scene.spawn(staffExport(scene, i, episode), at, episode);
  }
}

/** A password changed on another device: the manager tries the old one again and again, then the owner types. */
function* passwordManager(scene: Scene, number: number, episode: Episode): Actor {
  const { people, networks } = scene.world;
  const rng = scene.stream("password manager", number, 1);
  const person = people.visitorFrom(rng.below(4), rng);
  const visitor = visitorOf(person, networks.connect(person, scene.now, rng), rng);
  const failures = 6 + rng.below(6);
  let at = scene.now;
  for (let i = 0; i < failures; i++) {
    yield at;
    tryLogin(scene, visitor, person, 401);
    at += rng.logNormal(450, 0.3);
  }
  yield at + rng.logNormal(40_000, 0.4);
  tryLogin(scene, visitor, person, 200);
  episode.addUser(person.id);
  episode.story = `A password manager sent an old password ${failures} times before its owner typed the new one.`;
}

/** At home in the morning, on another continent by night. */
function* traveller(scene: Scene, number: number, episode: Episode): Actor {
  const { people, networks } = scene.world;
  const rng = scene.stream("traveller", number);
  const person = people.visitorFrom(rng.below(3), rng);
  const userAgent = userAgentOf("phone", person.hash);
  const away = (person.country + 2 + rng.below(COUNTRIES.length - 3)) % COUNTRIES.length;
  const departure = scene.now;
  episode.addUser(person.id);
  episode.story = `A customer from ${COUNTRIES[person.country].code} flew to ${COUNTRIES[away].code} and shopped from there.`;
  const home = visitorOf(
    person,
    { address: networks.home(person, departure), platform: "phone", userAgent },
    rng,
  );
  yield* webVisit(scene, home, newAccount(person, true));
  for (const hours of [13, 21, 34]) {
    yield departure + hours * HOUR;
    const address = networks.mobile(person, scene.now, away);
    yield* webVisit(
      scene,
      visitorOf(person, { address, platform: "phone", userAgent }, rng),
      newAccount(person, true),
    );
  }
}

/** The monthly export for the accountants: large, by one of the staff, in working hours. */
function* staffExport(scene: Scene, number: number, episode: Episode): Actor {
  const rng = scene.stream("staff export", number);
  const worker = newVisitor(rng, OFFICE_ADDRESS, userAgentOf("desktop", rng.bits()), "de-DE,de;q=0.9");
  const trail = emptyTrail();
  const pages = 8 + rng.below(10);
  let at = scene.now;
  yield at;
  scene.send(worker, ADMIN_HOME, trail);
  yield at + 9_000;
  scene.send(worker, ADMIN_LOGIN, trail, 200);
  worker.user = "staff-accounting";
  at += 40_000;
  for (trail.page = 1; trail.page <= pages; trail.page++) {
    yield at;
    scene.send(worker, ADMIN_EXPORT, trail);
    at += rng.logNormal(9_000, 0.3);
  }
  episode.addUser("staff-accounting");
  episode.story = `Accounting exported ${pages} pages of customers, as every month.`;
}
