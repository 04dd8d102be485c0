/** Programs that do the same wrong thing again and again, harmlessly: nobody attacks, somebody forgot something. */
import type { Actor } from "../../actor.ts";
import { newVisitor } from "../../request.ts";
import type { Scene } from "../../scene.ts";
import { hostIn } from "../../world/connection.ts";
import { TOKEN } from "../../world/endpoints/auth.ts";
import { APP_INBOX } from "../../world/endpoints/mobile.ts";
import { CATEGORY_PAGE, PRODUCT_PAGE } from "../../world/endpoints/storefront.ts";
import { providersOf } from "../../world/providers.ts";
import { emptyTrail } from "../../world/trail.ts";
import { visitorOf } from "../visit.ts";
import { newTrail } from "../wander.ts";
import { crowd, HOUR, inWeek } from "./days.ts";

export function brokenClients(scene: Scene): void {
  for (const [week, at] of inWeek(scene, 4.3, 0).entries()) revokedSecret(scene, week, at);
  for (const [week, at] of inWeek(scene, 19.1, 1).entries()) staleTokens(scene, week, at);
  for (const [week, at] of inWeek(scene, 10.1, 3).entries()) deadLinks(scene, week, at);
}

/** A partner's secret was renewed on one side only: its program is refused every few minutes until somebody wakes. */
function revokedSecret(scene: Scene, week: number, from: number): void {
  const rng = scene.stream("revoked secret", week);
  const episode = scene.openEpisode(`revoked_secret-${week + 1}`, "benign");
  const visitor = newVisitor(rng, hostIn(providersOf("hosting"), rng.bits()), "Java-http-client/21.0.2");
  const trail = emptyTrail();
  const until = from + rng.between(4, 9) * HOUR;
  const period = rng.pick([120_000, 300_000, 600_000]);
  scene.spawn(
    (function* (): Actor {
      let tries = 0;
      for (let at = from; at < until; at += period) {
        yield at + rng.between(0, 400);
        scene.send(visitor, TOKEN, trail, 401);
        tries++;
      }
      episode.story = `A partner's program with a secret that no longer holds asked ${tries} times for a token.`;
    })(),
    from,
    episode,
  );
}

/** A version of the app that does not renew its token: each phone asks again every minute or so, refused each time. */
function staleTokens(scene: Scene, week: number, from: number): void {
  const episode = scene.openEpisode(`stale_tokens-${week + 1}`, "benign");
  const phones = crowd(scene, 0.15, 60);
  for (let i = 0; i < phones; i++) scene.spawn(stalePhone(scene, week, i), from, episode);
  episode.story = `${phones} phones with a faulty version of the app asked for messages with a token that had run out.`;
}

function* stalePhone(scene: Scene, week: number, number: number): Actor {
  const rng = scene.stream("stale tokens", week, number);
  const { people, networks } = scene.world;
  const person = people.visitorFrom(rng.below(4), rng);
  const connection = networks.connect(person, scene.now, rng);
  const visitor = visitorOf(
    person,
    { ...connection, platform: "app", userAgent: "ShopApp/7.2.0 (Android 15) okhttp/4.12.0" },
    rng,
  );
  const trail = newTrail(scene, rng, person);
  let at = scene.now + rng.between(0, 30 * 60_000);
  for (let i = 20 + rng.below(60); i > 0; i--) {
    yield at;
    scene.send(visitor, APP_INBOX, trail, 401);
    at += rng.logNormal(55_000, 0.2);
  }
}

/** A newsletter with wrong links: hundreds of people ask for the same few pages that do not exist. */
function deadLinks(scene: Scene, week: number, from: number): void {
  const episode = scene.openEpisode(`dead_links-${week + 1}`, "benign");
  const people = crowd(scene, 1.2, 800);
  const rng = scene.stream("dead links", week);
  for (let i = 0; i < people; i++)
    scene.spawn(misled(scene, week, i), from + rng.exponential(50 * 60_000), episode);
  episode.story = `A newsletter sent ${people} people to three pages that do not exist.`;
}

function* misled(scene: Scene, week: number, number: number): Actor {
  const rng = scene.stream("dead links", week, number);
  const { season, people, networks } = scene.world;
  const person = people.visitorFrom(season.country(scene.now, rng.unit()), rng);
  const visitor = visitorOf(person, networks.connect(person, scene.now, rng), rng);
  const trail = newTrail(scene, rng, person);
  trail.slug = `spring-special-${1 + rng.below(3)}`;
  let at = scene.now;
  for (let tries = 1 + rng.below(2); tries > 0; tries--) {
    yield at;
    scene.send(visitor, PRODUCT_PAGE, trail, 404);
    at += rng.logNormal(4_000, 0.6);
  }
  if (rng.chance(0.5)) return;
  yield at;
  scene.send(visitor, CATEGORY_PAGE, newTrail(scene, rng, person));
}
