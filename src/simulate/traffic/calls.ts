/** The calls of one page or screen, made nearly at once. */
import type { Visitor } from "../request.ts";
import type { Scene } from "../scene.ts";
import { MISSING_PICTURE, THUMBNAIL } from "../world/endpoints/storefront.ts";
import type { Trail } from "../world/trail.ts";
import type { Call } from "./pages.ts";
import type { Account } from "./sign-in.ts";

/** Clients open few connections: calls of one burst leave some milliseconds apart. */
export const BURST_GAP_MS = 22;

/** Clients ask again when a server failed. */
const RETRIES = 0.6;

/** Returns when the last was sent. */
export function* makeCalls(
  scene: Scene,
  visitor: Visitor,
  trail: Trail,
  calls: readonly Call[],
  account: Account,
  start: number,
): Generator<number, number, void> {
  const { rng } = visitor;
  let at = start;
  for (const call of calls) {
    if (call.signedIn && !account.signedIn) continue;
    if (!rng.chance(call.chance)) continue;
    const times = call.upTo === undefined ? 1 : 1 + rng.below(call.upTo);
    const endpoint =
      call.endpoint === THUMBNAIL && hasBrokenPictures(visitor) ? MISSING_PICTURE : call.endpoint;
    const { product, slug } = trail;
    for (let i = 0; i < times; i++) {
      if (call.others) turnTo(scene, visitor, trail);
      trail.item = i + 1;
      at += rng.exponential(BURST_GAP_MS);
      yield at;
      const status = scene.send(visitor, endpoint, trail);
      if (status >= 500 && endpoint.method === "GET" && rng.chance(RETRIES)) {
        at += rng.logNormal(1_100, 0.4);
        yield at;
        scene.send(visitor, endpoint, trail);
      }
    }
    trail.product = product;
    trail.slug = slug;
    if (call.endpoint.method !== "GET") at += rng.logNormal(1500, 0.7);
  }
  return at;
}

/** One release of the Android app builds wrong addresses for pictures, and nobody has noticed yet. */
function hasBrokenPictures(visitor: Visitor): boolean {
  return visitor.userAgent.startsWith("ShopExample-Android/8.12.3 ");
}

function turnTo(scene: Scene, visitor: Visitor, trail: Trail): void {
  trail.product = scene.world.catalogue.popular(visitor.rng);
  trail.slug = scene.world.catalogue.slug(trail.product);
}
