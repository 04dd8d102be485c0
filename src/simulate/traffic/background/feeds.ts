/** Feed readers, and visitors' own little scripts: one request every so often, for ever. */
import type { Actor } from "../../actor.ts";
import { mix } from "../../random.ts";
import { newVisitor } from "../../request.ts";
import type { Scene } from "../../scene.ts";
import { hostIn } from "../../world/connection.ts";
import { AVAILABILITY } from "../../world/endpoints/shop.ts";
import { FEED, OLD_PRODUCT_PAGE } from "../../world/endpoints/storefront.ts";
import { providersOf } from "../../world/providers.ts";
import { FEED_READERS } from "../../world/robots.ts";
import { emptyTrail } from "../../world/trail.ts";
import { perDay, SHARES } from "./share.ts";

const HOUR = 3_600_000;
const READS_PER_DAY = 30;

export function startFeeds(scene: Scene): void {
  const readers = Math.min(400, Math.round(perDay(scene, SHARES.feeds) / READS_PER_DAY));
  for (let i = 0; i < readers; i++) scene.spawn(readFeed(scene, i));
  if (perDay(scene, 1) > 20_000) {
    scene.spawn(stockWatcher(scene));
    scene.spawn(brokenBookmark(scene));
  }
}

function* readFeed(scene: Scene, number: number): Actor {
  const rng = scene.stream("feed reader", number);
  const address = hostIn(providersOf(rng.chance(0.5) ? "hosting" : "home"), rng.bits());
  const reader = newVisitor(rng, address, rng.pick(FEED_READERS));
  const trail = emptyTrail();
  const period = rng.pick([0.5, 0.5, 1, 1, 2, 4]) * HOUR;
  for (let at = scene.now + rng.unit() * period; ; at += period + rng.between(-20_000, 20_000)) {
    yield at;
    scene.send(reader, FEED, trail);
  }
}

/** Someone waits for one product to be in stock again, and has a script ask every two minutes. */
function* stockWatcher(scene: Scene): Actor {
  const rng = scene.stream("stock watcher");
  const watcher = newVisitor(rng, hostIn(providersOf("home", "DE"), mix(scene.world.seed, 5)), "curl/8.5.0");
  const trail = emptyTrail();
  trail.product = scene.world.catalogue.popular(rng);
  for (let at = scene.now + rng.unit() * HOUR; ; at += 120_000) {
    yield at + rng.between(0, 900);
    scene.send(watcher, AVAILABILITY, trail, 200);
  }
}

/** Someone opens the same dead bookmark a few times a day, and reloads it. */
function* brokenBookmark(scene: Scene): Actor {
  const rng = scene.stream("broken bookmark");
  const owner = newVisitor(
    rng,
    hostIn(providersOf("home", "GB"), mix(scene.world.seed, 6)),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
  );
  const trail = emptyTrail();
  trail.product = 98_112;
  for (let at = scene.now + rng.exponential(4 * HOUR); ; at += rng.exponential(6 * HOUR)) {
    for (let i = 1 + rng.below(6); i > 0; i--) {
      yield at;
      scene.send(owner, OLD_PRODUCT_PAGE, trail, 404);
      at += rng.logNormal(2_500, 0.5);
    }
  }
}
