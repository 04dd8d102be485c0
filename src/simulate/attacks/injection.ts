/**
 * A campaign of one class of injection: the attacker tries payloads where input goes in, and when one works, uses
 * it. What differs between classes is in a kit: payloads, places, and what success looks like.
 */
import type { FindingClass } from "../../event.ts";
import type { Actor } from "../actor.ts";
import type { Intensity } from "../labels.ts";
import type { Rng } from "../random.ts";
import { newVisitor, type Visitor } from "../request.ts";
import { userAgentOf } from "../world/user-agents.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { INJECTION_POINTS, type Point, type PointName } from "./injection-points.ts";
import { knock } from "./knock.ts";

export interface InjectionKit {
  readonly class: FindingClass;
  readonly title: string;
  /** Tried in this order, then again at random. `{n}` becomes a number, `{w}` a word. */
  readonly payloads: readonly string[];
  readonly points: readonly PointName[];
  /** Sent once something has worked, with what the answer then looks like. */
  readonly exploits: readonly Exploit[];
  /** Names of the tools that send these, for those that say so. */
  readonly tools: readonly string[];
}

interface Exploit {
  readonly payload: string;
  /** Milliseconds that the payload adds. */
  readonly slower?: number;
  /** Times the usual answer. */
  readonly larger?: number;
  /** Response bytes, when it answers with something else altogether. */
  readonly size?: number;
  readonly status?: number;
}

const COUNT: Readonly<Record<Intensity, number>> = { loud: 240, moderate: 70, slow: 26, distributed: 150 };
const TRIES_PER_BOT = 5;

export function injection(kit: InjectionKit): Attack {
  return {
    name: `injection_${kit.class}`,
    category: "injection",
    class: kit.class,
    title: kit.title,
    minutes: { moderate: 14, loud: 8, slow: 900, distributed: 60 },
    *act(stage: AttackStage): Actor {
      const { scene, rng, episode, intensity, span } = stage;
      const works = kit.exploits.length > 0 && rng.chance(0.5);
      const tries = Math.round(COUNT[intensity] * rng.between(0.8, 1.2));
      const uses = works ? Math.max(3, Math.round(tries * 0.15)) : 0;
      const encode = rng.pick(ENCODINGS);
      const home: Point = INJECTION_POINTS[rng.pick(kit.points)];
      let visitor = attacker(stage, kit);
      let at = scene.now;
      for (let i = 0; i < tries + uses; i++) {
        if (intensity === "distributed" && i % TRIES_PER_BOT === TRIES_PER_BOT - 1)
          visitor = attacker(stage, kit);
        yield at;
        const exploit = i < tries ? undefined : rng.pick(kit.exploits);
        const payload =
          exploit?.payload ?? (i < kit.payloads.length ? kit.payloads[i] : rng.pick(kit.payloads));
        const point: Point =
          exploit === undefined && rng.chance(0.6) ? INJECTION_POINTS[rng.pick(kit.points)] : home;
        const request = point(vary(rng, payload), encode);
        const size = exploit?.size ?? Math.round(request.size * (exploit?.larger ?? rng.between(0.9, 1.1)));
        const status = exploit?.status ?? (exploit === undefined ? request.failure(rng) : 200);
        const sent = dressed(visitor, request.userAgent, request.referer);
        knock(scene, sent, {
          ...request,
          status,
          size: status >= 400 ? 120 : size,
          ms: request.ms * rng.between(0.6, 1.8) + (exploit?.slower ?? 0),
        });
        if (scene.full && request.body !== undefined) scene.request.event["http.request.body"] = request.body;
        at += (span / (tries + uses)) * rng.between(0.2, 1.8) + (exploit?.slower ?? 0);
      }
      episode.outcome = works ? "succeeded" : "attempted";
      episode.story = works
        ? `${tries} ${kit.class} payloads were tried; one worked and was used ${uses} times.`
        : `${tries} ${kit.class} payloads were tried without effect.`;
    },
  };
}

function attacker({ rng, sources, intensity }: AttackStage, kit: InjectionKit): Visitor {
  const address =
    intensity === "distributed"
      ? sources.residential(rng)
      : rng.chance(0.5)
        ? sources.hosting(rng)
        : sources.vpn(rng);
  const named = kit.tools.length > 0 && rng.chance(intensity === "loud" ? 0.6 : 0.1);
  return newVisitor(rng, address, named ? rng.pick(kit.tools) : userAgentOf("desktop", rng.bits()));
}

function dressed(visitor: Visitor, userAgent: string | undefined, referer: string | undefined): Visitor {
  if (userAgent === undefined && referer === undefined) return visitor;
  return { ...visitor, userAgent: userAgent ?? visitor.userAgent, referer: referer ?? visitor.referer };
}

const WORDS = ["lamp", "desk", "chair", "rug", "sofa", "mirror"] as const;

function vary(rng: Rng, payload: string): string {
  return payload
    .replace(/\{n\}/g, () => String(1000 + rng.below(9000)))
    .replace(/\{w\}/g, () => rng.pick(WORDS));
}

/** How the attacker's program writes a value into a URL. */
const ENCODINGS: readonly ((value: string) => string)[] = [
  encodeURIComponent,
  (value) => encodeURIComponent(value).replace(/%20/g, "+"),
  (value) => encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`),
  (value) =>
    value.replace(/[%#&+ "<>]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`),
];
