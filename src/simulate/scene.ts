/** The stage all actors play on: the world, the clock of the run, and the one request they fill in turn. */
import type { Actor } from "./actor.ts";
import { answer } from "./answer.ts";
import type { Condition } from "./condition.ts";
import { dress } from "./dress.ts";
import { Episode } from "./labels.ts";
import { LoadMeters } from "./load.ts";
import { type Rng, stream } from "./random.ts";
import { emptyRequest, type SimulatedRequest, type Visitor } from "./request.ts";
import { Timeline } from "./timeline.ts";
import type { Endpoint } from "./world/endpoint.ts";
import type { Trail } from "./world/trail.ts";
import type { World } from "./world/world.ts";

export class Scene {
  readonly world: World;
  readonly request: SimulatedRequest = emptyRequest();
  /** Headers and bodies too, for the formats that carry them. */
  readonly full: boolean;
  readonly load: LoadMeters;
  readonly episodes: Episode[] = [];
  /** Ordinary requests so far: the traffic generator steers by it. */
  ordinary = 0;
  now: number;
  #sent = false;
  #last: { readonly visitor: Visitor; readonly endpoint: Endpoint; readonly trail: Trail } | undefined;
  readonly #timeline = new Timeline();
  readonly #conditions: Condition[] = [];

  constructor(world: World, full: boolean) {
    this.world = world;
    this.full = full;
    this.now = world.start;
    this.load = new LoadMeters(world.eventsPerSecond, stream(world.seed, "load"));
  }

  stream(...names: readonly (string | number)[]): Rng {
    return stream(this.world.seed, ...names);
  }

  /** Puts an actor on stage; it belongs to `episode`, or else to ordinary traffic. */
  spawn(actor: Actor, at: number = this.now, episode?: Episode): void {
    this.#timeline.add(Math.max(at, this.now), actor, episode);
  }

  openEpisode(id: string, kind: "attack" | "benign"): Episode {
    const episode = new Episode(id, kind);
    this.episodes.push(episode);
    return episode;
  }

  /** Something that changes how requests are answered, or whether they are logged, for a while. */
  impose(condition: Condition): void {
    this.#conditions.push(condition);
  }

  /**
   * Sends the request of the actor whose turn it is. Returns the status it was answered with, before any trouble
   * of the hour: what an actor does next never depends on the load that others make.
   */
  send(visitor: Visitor, endpoint: Endpoint, trail: Trail, status = 0): number {
    const result = answer(this, visitor, endpoint, trail, status);
    if (this.full) dress(this.request, visitor, endpoint, trail);
    this.#sent = true;
    if (this.#conditions.length > 0) this.#last = { visitor, endpoint, trail };
    return result;
  }

  /** Has the request at hand sent again, as clients do when it failed; it then belongs to the episode. */
  again(at: number, episode: Episode, rng: Rng): void {
    if (this.#last === undefined) return;
    const { visitor, endpoint, trail } = this.#last;
    this.spawn(resend(this, { ...visitor, rng }, endpoint, { ...trail }), at, episode);
  }

  /** All requests in order of time, in one object that is filled anew each time. */
  *play(): Generator<SimulatedRequest, void, void> {
    const { request } = this;
    const timeline = this.#timeline;
    while (timeline.next < this.world.end) {
      this.now = timeline.next;
      const { episode } = timeline;
      this.#sent = false;
      timeline.advance();
      if (!this.#sent) continue;
      request.label = episode === undefined ? "" : episode.id;
      if (episode === undefined || episode.counts) this.ordinary++;
      this.load.count(request, this.now);
      if (this.#conditions.length > 0 && !this.#passes(request)) continue;
      episode?.record(request);
      yield request;
    }
  }

  #passes(request: SimulatedRequest): boolean {
    for (const condition of this.#conditions) {
      if (this.now < condition.from || this.now >= condition.until) continue;
      if (!condition.apply(request)) return false;
    }
    return true;
  }
}

function* resend(scene: Scene, visitor: Visitor, endpoint: Endpoint, trail: Trail): Actor {
  yield scene.now;
  scene.send(visitor, endpoint, trail);
}
