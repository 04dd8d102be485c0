/** The whole catalogue, page by page, by someone who is no search engine. */
import type { Actor } from "../actor.ts";
import type { Visitor } from "../request.ts";
import { newTrail } from "../traffic/wander.ts";
import { FIRST_PRODUCT } from "../world/catalogue.ts";
import { AVAILABILITY, PRODUCT, PRODUCT_LIST } from "../world/endpoints/shop.ts";
import { CATEGORY_PAGE, PRODUCT_PAGE } from "../world/endpoints/storefront.ts";
import { CATEGORIES } from "../world/words.ts";
import type { Attack, AttackStage } from "./attack.ts";
import { anyAddress, browserAt } from "./attackers.ts";

const PAGES = { loud: 1800, moderate: 700, slow: 900, distributed: 1500 } as const;
const PAGES_PER_PROXY = 18;

export const scraping: Attack = {
  name: "scraping",
  category: "scraping",
  title: "the catalogue copied page by page",
  minutes: { moderate: 75, loud: 10, slow: 1400, distributed: 110 },
  *act(stage: AttackStage): Actor {
    const { scene, rng, episode, intensity, span } = stage;
    const { catalogue } = scene.world;
    const pages = Math.min(catalogue.products, Math.round(PAGES[intensity] * rng.between(0.8, 1.2)));
    const byApi = rng.chance(0.4);
    const trail = newTrail(scene, rng, undefined);
    trail.page = 0;
    let scraper = newScraper(stage);
    let product = FIRST_PRODUCT + rng.below(Math.max(1, catalogue.products - pages));
    let at = scene.now;
    for (let i = 0; i < pages; i++) {
      if (intensity === "distributed" && i % PAGES_PER_PROXY === 0) scraper = newScraper(stage);
      yield at;
      if (i % 24 === 0) {
        trail.page = 1 + (trail.page % 12);
        if (trail.page === 1) trail.category = rng.pick(CATEGORIES);
        scene.send(scraper, byApi ? PRODUCT_LIST : CATEGORY_PAGE, trail, 200);
      } else {
        trail.product = product++;
        trail.slug = catalogue.slug(trail.product);
        const status = catalogue.isSold(trail.product) ? 200 : 404;
        scene.send(scraper, byApi ? (rng.chance(0.3) ? AVAILABILITY : PRODUCT) : PRODUCT_PAGE, trail, status);
      }
      // Paced like a reader: a little waiting mostly, a long pause now and then.
      at += rng.chance(0.02) ? (span / pages) * 8 : rng.logNormal((span / pages) * 0.72, 0.5);
    }
    episode.outcome = "succeeded";
    episode.story = `${pages} pages of the catalogue were copied from ${episode.sources.size} address(es).`;
  },
};

function newScraper(stage: AttackStage): Visitor {
  const { sources, rng, intensity } = stage;
  const address = intensity === "distributed" ? sources.residential(rng) : anyAddress(stage);
  return browserAt(stage, address);
}
