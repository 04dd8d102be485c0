/** Someone looks for files and panels that should not be there: backups, secrets, well-known applications. */
import type { Actor } from "../actor.ts";
import { newVisitor } from "../request.ts";
import { BACKOFFICE, SHOP_API, STOREFRONT } from "../world/sites.ts";
import { userAgentOf } from "../world/user-agents.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { knock } from "./knock.ts";
import { PROBES } from "./payloads/probes.ts";

const COUNT = { loud: 140, moderate: 45, slow: 38, distributed: 90 } as const;
const TOOLS = ["Go-http-client/1.1", "python-requests/2.32.3", "curl/8.5.0", "Mozilla/5.0", ""] as const;

export const probing: Attack = {
  name: "probing",
  category: "probing",
  title: "a look for secrets, backups and admin panels left open",
  minutes: { moderate: 6, loud: 4, slow: 600, distributed: 45 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, sources, episode, intensity, span } = stage;
    const paths = rng.shuffle([...PROBES]).slice(0, COUNT[intensity]);
    const pace = span / paths.length;
    let visitor = newSource(stage);
    let at = scene.now;
    for (const [i, path] of paths.entries()) {
      if (intensity === "distributed" && i % 6 === 5) visitor = newSource(stage);
      yield at;
      const [file, query] = path.split("?");
      const site = rng.chance(0.7) ? STOREFRONT : rng.chance(0.6) ? SHOP_API : BACKOFFICE;
      knock(scene, visitor, {
        site,
        path: file,
        query,
        status: rng.chance(0.04) ? 403 : rng.chance(0.03) ? 301 : 404,
      });
      at += pace * rng.between(0.1, 1.9);
    }
    episode.outcome = "attempted";
    episode.story = `${paths.length} files and panels that do not exist here were asked for; nothing was found.`;

    function newSource({ intensity: how }: AttackStage) {
      const address =
        how === "distributed" || rng.chance(0.3) ? sources.residential(rng) : sources.hosting(rng);
      const browser = rng.chance(0.5);
      return newVisitor(rng, address, browser ? userAgentOf("desktop", rng.bits()) : rng.pick(TOOLS));
    }
  },
};
