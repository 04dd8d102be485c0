/**
 * A new version goes live: for a minute the API answers with 502 while instances change places, and as the signing
 * key changed with it, every access token is refused once and renewed.
 */
import type { Actor } from "../../actor.ts";
import type { Scene } from "../../scene.ts";
import { TOKEN } from "../../world/endpoints/auth.ts";
import { APP_HOME, APP_INBOX, APP_ORDERS } from "../../world/endpoints/mobile.ts";
import { CART_COUNT, ME, NOTIFICATIONS, ORDERS } from "../../world/endpoints/shop.ts";
import { visitorOf } from "../visit.ts";
import { newTrail } from "../wander.ts";
import { crowd, MINUTE, weekly } from "./days.ts";

export function deploys(scene: Scene): void {
  for (const [week, at] of weekly(scene, 13.4).entries()) {
    deployErrors(scene, week, at);
    tokenStorm(scene, week, at + 2 * MINUTE);
  }
}

function deployErrors(scene: Scene, week: number, from: number): void {
  const rng = scene.stream("deploy errors", week);
  const episode = scene.openEpisode(`deploy_errors-${week + 1}`, "benign");
  episode.story = "A new version went live: the API answered with 502 for about a minute.";
  const until = from + rng.between(50_000, 80_000);
  const share = rng.between(0.4, 0.7);
  scene.impose({
    from,
    until,
    apply: (request) => {
      const { event } = request;
      if (event["service.name"] !== "shop-api" || request.label !== "" || !rng.chance(share)) return true;
      event["http.response.status_code"] = 502;
      event["http.response.body.size"] = 150;
      event.duration_ms = 2 + rng.below(6);
      request.label = episode.id;
      episode.record(request);
      const isRetried = event["http.request.method"] === "GET" && rng.chance(0.4);
      if (isRetried) scene.again(event.timestamp + 1_500, episode, rng);
      return true;
    },
  });
}

function tokenStorm(scene: Scene, week: number, at: number): void {
  const rng = scene.stream("token storm", week);
  const episode = scene.openEpisode(`token_storm-${week + 1}`, "benign");
  const people = crowd(scene, 1.4, 4_000);
  for (let i = 0; i < people; i++)
    scene.spawn(renew(scene, week, i, at), at + rng.exponential(1.5 * MINUTE), episode);
  episode.story = `A deploy made all access tokens void: ${people} clients were refused once or a few times and renewed theirs.`;
}

function* renew(scene: Scene, week: number, number: number, time: number): Actor {
  const { season, people, networks } = scene.world;
  const rng = scene.stream("token storm", week, number);
  const person = people.visitorFrom(season.country(time, rng.unit()), rng);
  const connection = networks.connect(person, time, rng);
  const visitor = visitorOf(person, connection, rng);
  const trail = newTrail(scene, rng, person);
  const wanted =
    connection.platform === "app"
      ? [APP_HOME, APP_INBOX, APP_ORDERS]
      : [ME, NOTIFICATIONS, CART_COUNT, ORDERS];
  if (connection.platform !== "app") visitor.referer = "https://www.shop.example/";
  const calls = wanted.slice(0, 1 + rng.below(wanted.length));
  visitor.user = person.id;
  let at = scene.now;
  for (const call of calls) {
    yield at;
    scene.send(visitor, call, trail, 401);
    at += rng.exponential(25);
  }
  yield at + 120;
  scene.send(visitor, TOKEN, trail, 200);
  at += 260;
  for (const call of calls) {
    yield at;
    scene.send(visitor, call, trail);
    at += rng.exponential(25);
  }
}
