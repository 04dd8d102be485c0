/**
 * Believable API traffic with labelled attacks, from one seed: the same options give the same requests.
 *
 * @example
 * const run = simulate({ seed: 7, days: 1, events: 50_000, attacks: "credential_stuffing:distributed" });
 * for (const { event, label } of run.requests()) count(event["client.address"], label);
 * console.log(run.labels());
 */
import { startNoise } from "./attacks/noise.ts";
import { scheduleAttacks } from "./attacks/schedule.ts";
import { selectAttacks } from "./attacks/selection.ts";
import type { Label } from "./labels.ts";
import { type SimulateOptions, settle } from "./options.ts";
import type { SimulatedRequest } from "./request.ts";
import { Scene } from "./scene.ts";
import { startTraffic } from "./traffic/traffic.ts";
import { createWorld } from "./world/world.ts";

export interface Simulation {
  /**
   * All requests in order of time. One object is filled anew for each: copy what must outlive the iteration.
   * Can be run through once.
   */
  requests(): Generator<SimulatedRequest, void, void>;
  /** What happened in the part of the run that has been read: attacks first, then benign episodes, by their start. */
  labels(): readonly Label[];
}

export function simulate(options: SimulateOptions = {}): Simulation {
  const settings = settle(options);
  const selected = selectAttacks(settings.attacks);
  const world = createWorld({ ...settings, products: Math.max(6_000, settings.paths) });
  const scene = new Scene(world, settings.full);
  startTraffic(scene, settings);
  if (settings.noise) startNoise(scene);
  scheduleAttacks(scene, selected);
  return {
    requests: () => scene.play(),
    labels: () =>
      scene.episodes
        .filter((episode) => episode.events > 0 || episode.window !== undefined)
        .map((episode) => episode.label())
        .sort((a, b) => Number("benign" in a) - Number("benign" in b) || a.start.localeCompare(b.start)),
  };
}
