/** Search engines, and those who collect text for other machines: many pages, steady, some of them long gone. */
import type { Actor } from "../../actor.ts";
import { mix, type Rng } from "../../random.ts";
import { newVisitor, type Visitor } from "../../request.ts";
import type { Scene } from "../../scene.ts";
import { ipv4In, parseBlock } from "../../world/addresses.ts";
import { FIRST_PRODUCT } from "../../world/catalogue.ts";
import * as www from "../../world/endpoints/storefront.ts";
import { CRAWLERS, type Crawler } from "../../world/robots.ts";
import { emptyTrail, type Trail } from "../../world/trail.ts";
import { ARTICLES, CATEGORIES, TERMS } from "../../world/words.ts";
import { perDay, SHARES } from "./share.ts";

const DAY = 86_400_000;
/** Pages of one stretch of work, median; then it rests so that the day's number comes out. */
const STRETCH = 60;

export function startCrawlers(scene: Scene): void {
  const weights = CRAWLERS.reduce((sum, crawler) => sum + crawler.weight, 0);
  for (const crawler of CRAWLERS) {
    scene.spawn(crawl(scene, crawler, (perDay(scene, SHARES.crawlers) * crawler.weight) / weights));
  }
}

function* crawl(scene: Scene, crawler: Crawler, pagesPerDay: number): Actor {
  const rng = scene.stream("crawler", crawler.name);
  const block = parseBlock(crawler.v4);
  const machines = Array.from({ length: crawler.machines }, (_, i) => {
    const visitor = newVisitor(rng, ipv4In(block, mix(block.base, i)), crawler.userAgent);
    visitor.protocol = "1.1";
    return visitor;
  });
  const trail = emptyTrail();
  let page = rng.below(scene.world.catalogue.products);
  // A day's pages in few, quick stretches when there are few; in more machines at once when there are many.
  const pace = Math.min(crawler.pace * 1000, (0.5 * DAY) / pagesPerDay);
  const usual = Math.min(STRETCH, Math.max(1, pagesPerDay / 3));
  let at = scene.now + rng.exponential((DAY * usual) / pagesPerDay);
  for (;;) {
    const stretch = Math.max(1, Math.round(rng.logNormal(usual, 0.8)));
    yield at;
    scene.send(rng.pick(machines), www.ROBOTS, trail, 200);
    const began = at;
    for (let i = 0; i < stretch; i++) {
      at += rng.logNormal(pace, 0.5);
      yield at;
      page = visitPage(scene, rng, rng.pick(machines), crawler, trail, page);
    }
    at = Math.max(at + 5_000, began + rng.exponential((DAY * stretch) / pagesPerDay));
  }
}

/** Walks the catalogue in order with jumps. Returns how far it has come. */
function visitPage(
  scene: Scene,
  rng: Rng,
  machine: Visitor,
  crawler: Crawler,
  trail: Trail,
  page: number,
): number {
  const { catalogue } = scene.world;
  trail.product = FIRST_PRODUCT + page;
  trail.slug = catalogue.slug(trail.product);
  if (crawler.wants === "pictures") {
    trail.item = 1 + rng.below(4);
    scene.send(machine, www.PHOTO, trail, catalogue.isSold(trail.product) ? 200 : 404);
  } else {
    visitText(rng, scene, machine, trail);
  }
  const step = rng.chance(0.04) ? rng.below(catalogue.products) : 1 + rng.below(5);
  return (page + step) % catalogue.products;
}

function visitText(rng: Rng, scene: Scene, machine: Visitor, trail: Trail): void {
  const draw = rng.unit();
  if (draw < 0.66) {
    const sold = scene.world.catalogue.isSold(trail.product);
    scene.send(
      machine,
      www.PRODUCT_PAGE,
      trail,
      sold ? (rng.chance(0.2) ? 304 : 200) : rng.chance(0.6) ? 404 : 410,
    );
    return;
  }
  if (draw < 0.8) {
    trail.category = rng.pick(CATEGORIES);
    trail.page = 1 + rng.below(30);
    scene.send(machine, www.CATEGORY_PAGE, trail);
    return;
  }
  if (draw < 0.86) {
    scene.send(machine, www.OLD_PRODUCT_PAGE, trail);
    return;
  }
  if (draw < 0.94) {
    trail.article = rng.pick(ARTICLES);
    scene.send(machine, www.HELP_PAGE, trail);
    return;
  }
  if (draw < 0.97) {
    trail.term = rng.pick(TERMS).replaceAll(" ", "+");
    scene.send(machine, www.SEARCH_PAGE, trail);
    return;
  }
  trail.page = 1 + rng.below(4);
  scene.send(machine, www.SITEMAP, trail);
}
