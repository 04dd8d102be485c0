/**
 * Enough different addresses and paths for a memory benchmark: people from a search engine who open one product and
 * leave, each from an address of their own, together on every product there is.
 */
import type { Actor } from "../actor.ts";
import { mix } from "../random.ts";
import { newVisitor } from "../request.ts";
import type { Scene } from "../scene.ts";
import { ipv4 } from "../world/addresses.ts";
import { FIRST_PRODUCT } from "../world/catalogue.ts";
import { PRODUCT_PAGE } from "../world/endpoints/storefront.ts";
import { providersOf } from "../world/providers.ts";
import { emptyTrail } from "../world/trail.ts";
import { userAgentOf } from "../world/user-agents.ts";

const MINUTE = 60_000;
const AGENTS = 64;

export function startCoverage(scene: Scene, addresses: number, paths: number): void {
  const visits = Math.max(addresses, paths);
  if (visits > 0) scene.spawn(bounces(scene, visits, addresses, paths));
}

function* bounces(scene: Scene, visits: number, addresses: number, paths: number): Actor {
  const { world } = scene;
  const rng = scene.stream("coverage");
  const blocks = providersOf("home")
    .flatMap((provider) => provider.v4)
    .filter((block) => block.size >= 1 << 18);
  const agents = Array.from({ length: AGENTS }, (_, i) =>
    userAgentOf(i % 2 === 0 ? "phone" : "desktop", mix(world.seed, i)),
  );
  const trail = emptyTrail();
  let done = 0;
  for (let minute = world.start; minute < world.end; minute += MINUTE) {
    const last = minute + MINUTE >= world.end;
    const remaining = world.season.remaining(minute);
    const count = last
      ? visits - done
      : Math.round((visits - done) * Math.min(1, world.season.share(minute) / remaining));
    const length = Math.min(MINUTE, world.end - minute);
    for (let i = 0; i < count; i++) {
      yield minute + ((i + 0.5) / count) * length;
      // An odd multiplier visits each host of a block once; .0 and .255 are let be, this is about numbers.
      const place = addresses === 0 ? 0 : done % addresses;
      const block = blocks[place % blocks.length];
      const host = Math.imul(Math.floor(place / blocks.length), 0x9e3779b1) >>> 0;
      const visitor = newVisitor(rng, ipv4(block.base + (host % block.size)), agents[done % AGENTS]);
      visitor.referer = "https://www.google.com/";
      trail.product = FIRST_PRODUCT + (paths === 0 ? rng.below(world.catalogue.products) : done % paths);
      trail.slug = world.catalogue.slug(trail.product);
      scene.send(visitor, PRODUCT_PAGE, trail);
      done++;
    }
  }
}
