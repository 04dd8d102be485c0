/** Nobody attacks, something breaks: errors, slowness, silence. */
import type { Actor } from "../actor.ts";
import type { SimulatedRequest } from "../request.ts";
import { MOBILE, SHOP_API, type Site } from "../world/sites.ts";
import type { Attack, AttackStage } from "./attack.ts";

export const errorSpike: Attack = {
  name: "error_spike",
  category: "error_spike",
  title: "a service answers with errors for a while",
  minutes: { moderate: 16, loud: 9, slow: 90 },
  byDay: true,
  act: (stage) =>
    trouble(stage, {
      share: { loud: 0.7, moderate: 0.35, slow: 0.08, distributed: 0.3 }[stage.intensity],
      story: "A broken dependency made {service} answer {events} requests with errors.",
      apply: ({ event }, stage) => {
        const draw = stage.rng.unit();
        event["http.response.status_code"] = draw < 0.8 ? 500 : draw < 0.92 ? 503 : 504;
        event["http.response.body.size"] = 118;
        event.duration_ms = draw < 0.92 ? 12 + stage.rng.below(80) : 30_000 + stage.rng.below(30);
        const isRetried = event["http.request.method"] === "GET" && stage.rng.chance(0.3);
        if (isRetried)
          stage.scene.again(event.timestamp + stage.rng.logNormal(1_500, 0.5), stage.episode, stage.rng);
      },
    }),
};

export const latencyDegradation: Attack = {
  name: "latency_degradation",
  lab: true,
  category: "latency_degradation",
  title: "a service becomes slow",
  minutes: { moderate: 35, loud: 15, slow: 240 },
  byDay: true,
  act: (stage) =>
    trouble(stage, {
      share: 1,
      story: "A missing index made {service} slow for {events} requests.",
      apply: ({ event }, stage) => {
        const factor = { loud: 18, moderate: 7, slow: 3, distributed: 7 }[stage.intensity];
        event.duration_ms = Math.round((event.duration_ms ?? 1) * factor * stage.rng.between(0.7, 1.5) + 40);
      },
    }),
};

export const logSilence: Attack = {
  name: "log_silence",
  category: "log_silence",
  title: "nothing is logged for a while",
  minutes: { moderate: 25 },
  byDay: true,
  *act(stage: AttackStage): Actor {
    const { scene, episode, start, span } = stage;
    const until = start + span;
    episode.window = { start, end: until };
    episode.outcome = "unknown";
    episode.story = `The log says nothing for ${Math.round(span / 60_000)} minutes.`;
    yield start;
    scene.impose({ from: start, until, apply: () => false });
  },
};

interface Trouble {
  /** Of the service's requests, how many it strikes. */
  readonly share: number;
  readonly story: string;
  readonly apply: (request: SimulatedRequest, stage: AttackStage) => void;
}

function* trouble(stage: AttackStage, { share, story, apply }: Trouble): Actor {
  const { scene, rng, episode, start, span } = stage;
  const site: Site = scene.world.eventsPerSecond < 10 || rng.chance(0.6) ? SHOP_API : MOBILE;
  episode.aboutService = true;
  episode.service = site.service;
  episode.window = { start, end: start + span };
  episode.outcome = "unknown";
  yield start;
  scene.impose({
    from: start,
    until: start + span,
    apply: (request) => {
      if (request.event["service.name"] !== site.service || request.label !== "" || rng.unit() > share)
        return true;
      apply(request, stage);
      request.label = episode.id;
      episode.record(request);
      return true;
    },
  });
  episode.story = () => story.replace("{service}", site.service).replace("{events}", String(episode.events));
}
