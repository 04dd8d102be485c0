/** All ordinary traffic of a run. */
import type { Settings } from "../options.ts";
import type { Scene } from "../scene.ts";
import { arrivals } from "./arrivals.ts";

export function startTraffic(scene: Scene, _settings: Settings): void {
  scene.spawn(arrivals(scene, []));
}
