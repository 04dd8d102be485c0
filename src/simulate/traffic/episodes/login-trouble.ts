/** Days on which the login says no to honest people: it is broken for a while, or every old password has expired. */
import type { Actor } from "../../actor.ts";
import type { Scene } from "../../scene.ts";
import { RESET_ASK, RESET_OPEN, RESET_USE } from "../../world/endpoints/auth.ts";
import { HOME, LOGIN_PAGE } from "../../world/endpoints/storefront.ts";
import { base64url } from "../../world/identifiers.ts";
import { tryLogin } from "../login.ts";
import { newAccount, signIn } from "../sign-in.ts";
import { visitorOf } from "../visit.ts";
import { newTrail } from "../wander.ts";
import { crowd, HOUR, inWeek } from "./days.ts";

export function loginTrouble(scene: Scene): void {
  for (const [week, at] of inWeek(scene, 15.2, 2).entries()) brokenLogin(scene, week, at);
  for (const [week, at] of inWeek(scene, 8.2, 3).entries()) expiredPasswords(scene, week, at);
}

/** A wrong release of the login: for some minutes it refuses everybody, and everybody tries again. */
function brokenLogin(scene: Scene, week: number, from: number): void {
  const rng = scene.stream("broken login", week);
  const episode = scene.openEpisode(`broken_login-${week + 1}`, "benign");
  episode.story = "A wrong release of the login refused everybody for some minutes.";
  const until = from + rng.between(6, 12) * 60_000;
  scene.impose({
    from,
    until,
    apply: (request) => {
      const { event } = request;
      if (request.route !== "/v1/login" || request.label !== "") return true;
      if (event["http.response.status_code"] !== 200) return true;
      event["http.response.status_code"] = 401;
      event["http.response.body.size"] = 112;
      request.label = episode.id;
      episode.record(request);
      if (rng.chance(0.7)) scene.again(event.timestamp + rng.logNormal(9_000, 0.5), episode, rng);
      return true;
    },
  });
}

/** Passwords older than a year no longer work: two tries, then the way over the mail box. */
function expiredPasswords(scene: Scene, week: number, from: number): void {
  const episode = scene.openEpisode(`expired_passwords-${week + 1}`, "benign");
  const people = crowd(scene, 0.9, 500);
  const rng = scene.stream("expired passwords", week);
  for (let i = 0; i < people; i++)
    scene.spawn(surprised(scene, week, i), from + rng.between(0, 9) * HOUR, episode);
  episode.story = `Old passwords expired: ${people} people were refused, then chose a new one.`;
}

function* surprised(scene: Scene, week: number, number: number): Actor {
  const { season, people, networks } = scene.world;
  const rng = scene.stream("expired passwords", week, number);
  const person = people.visitorFrom(season.country(scene.now, rng.unit()), rng);
  const visitor = visitorOf(person, networks.connect(person, scene.now, rng), rng);
  const trail = newTrail(scene, rng, person);
  let at = scene.now;
  if (visitor.userAgent.startsWith("Mozilla/")) {
    for (const page of [HOME, LOGIN_PAGE]) {
      yield at;
      scene.send(visitor, page, trail);
      at += rng.logNormal(6_000, 0.5);
    }
  }
  for (let tries = 1 + rng.below(3); tries > 0; tries--) {
    yield at;
    tryLogin(scene, visitor, person, 401);
    at += rng.logNormal(9_000, 0.5);
  }
  if (rng.chance(0.2)) return;
  trail.token = base64url(rng, 43);
  for (const step of [RESET_ASK, RESET_OPEN, RESET_USE]) {
    yield at;
    scene.send(visitor, step, trail);
    at += rng.logNormal(40_000, 0.7);
  }
  yield* signIn(scene, visitor, trail, newAccount(person, false), at);
}
