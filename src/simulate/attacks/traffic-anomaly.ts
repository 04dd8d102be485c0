/** Traffic that nothing explains: most of a service's requests stay away, or a crowd comes when everybody sleeps. */
import type { Actor } from "../actor.ts";
import type { SimulatedRequest } from "../request.ts";
import { visit } from "../traffic/visit.ts";
import { MOBILE, SHOP_API } from "../world/sites.ts";
import type { Attack, AttackStage } from "./attack.ts";

const MINUTE = 60_000;
const REQUESTS_PER_VISIT = 40;
/** Visits of the crowd, in multiples of the mean of the whole run. */
const CROWD = 5;

export const trafficAnomaly: Attack = {
  name: "traffic_anomaly",
  lab: true,
  category: "traffic_anomaly",
  title: "most of a service's traffic stays away (moderate), or five times the usual comes (loud)",
  minutes: { moderate: 50, loud: 30 },
  byDay: true,
  act: (stage) => (stage.intensity === "loud" ? crowd(stage) : absence(stage)),
};

function* absence({ scene, episode, rng, start, span }: AttackStage): Actor {
  const site = scene.world.eventsPerSecond < 10 ? SHOP_API : rng.pick([MOBILE, SHOP_API]);
  const until = start + span;
  episode.window = { start, end: until };
  episode.service = site.service;
  episode.outcome = "unknown";
  episode.story = `Four of five requests to ${site.service} did not arrive for ${Math.round(span / MINUTE)} minutes.`;
  yield start;
  const isLost = ({ event, label }: SimulatedRequest) =>
    event["service.name"] === site.service && label === "" && rng.chance(0.8);
  scene.impose({ from: start, until, apply: (request) => !isLost(request) });
}

function* crowd({ scene, episode, rng, start, span }: AttackStage): Actor {
  const usual = (scene.world.eventsPerSecond * 60) / REQUESTS_PER_VISIT;
  episode.aboutService = true;
  episode.outcome = "unknown";
  let visits = 0;
  for (let minute = start; minute < start + span; minute += MINUTE) {
    yield minute;
    for (let left = rng.poisson(usual * CROWD); left > 0; left--) {
      const at = minute + rng.unit() * MINUTE;
      scene.spawn(visit(scene, scene.stream(episode.id, visits++), at), at, episode);
    }
    episode.story = `For ${Math.round(span / MINUTE)} minutes five times the usual came: ${visits} visits that nothing explains.`;
  }
}
