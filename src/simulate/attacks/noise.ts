/** What any public server meets: a handful of single probes a day, each from elsewhere, for software it does not run. */
import type { Actor } from "../actor.ts";
import type { Rng } from "../random.ts";
import { newVisitor } from "../request.ts";
import type { Scene } from "../scene.ts";
import { hostIn } from "../world/connection.ts";
import { providersOf } from "../world/providers.ts";
import { STOREFRONT } from "../world/sites.ts";
import { userAgentOf } from "../world/user-agents.ts";
import { knock } from "./knock.ts";
import { PROBES } from "./payloads/probes.ts";

const DAY = 86_400_000;
const PROBES_PER_DAY = 9;
const AGENTS = [
  "Mozilla/5.0 zgrab/0.x",
  "Go-http-client/1.1",
  "",
  "Mozilla/5.0 (compatible; CensysInspect/1.1; +https://about.censys.io/)",
  "python-requests/2.27.1",
  "Mozilla/5.0",
] as const;

export function startNoise(scene: Scene): void {
  const episode = scene.openEpisode("noise", "attack");
  episode.category = "probing";
  episode.intensity = "noise";
  episode.story = "Single probes from all over the internet, as every public server meets them.";
  scene.spawn(probes(scene, scene.stream("noise")), scene.now, episode);
}

function* probes(scene: Scene, rng: Rng): Actor {
  const networks = [...providersOf("hosting"), ...providersOf("home")];
  for (
    let at = scene.now + rng.exponential(DAY / PROBES_PER_DAY);
    ;
    at += rng.exponential(DAY / PROBES_PER_DAY)
  ) {
    yield at;
    const agent = rng.chance(0.3) ? userAgentOf("desktop", rng.bits()) : rng.pick(AGENTS);
    const visitor = newVisitor(rng, hostIn(networks, rng.bits()), agent);
    visitor.protocol = "1.1";
    const [path, query] = rng.pick(PROBES).split("?");
    knock(scene, visitor, { site: STOREFRONT, path, query, status: 404 });
  }
}
