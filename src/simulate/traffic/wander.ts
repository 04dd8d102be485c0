/** What a visit turns to next: fills the trail for the page or screen that comes up. */
import { mix, type Rng } from "../random.ts";
import type { Scene } from "../scene.ts";
import { base64url, hexId, uuid } from "../world/identifiers.ts";
import type { Person } from "../world/people.ts";
import { emptyTrail, type Trail } from "../world/trail.ts";
import { ARTICLES, CATEGORIES, ODD_TERMS, TERMS } from "../world/words.ts";

const DAY = 86_400_000;
/** People search for odd things this often. */
const ODD_SEARCHES = 0.025;

const SORTS = ["price", "-price", "newest", "rating", "popularity"] as const;
const NEXT_PAGES = [
  "%2Fcheckout",
  "%2Faccount",
  "/account/orders",
  "%2Fcart%3Fstep%3D2",
  "https%3A%2F%2Fwww.shop.example%2Fcart",
] as const;
const PICTURE_HOSTS = ["photos.example", "cdn.pics.example", "drive.example", "my.cloud.example"] as const;

export function newTrail(scene: Scene, rng: Rng, person: Person | undefined): Trail {
  const trail = emptyTrail();
  trail.cart = uuid(rng.bits());
  trail.user = person === undefined ? "me" : person.uuid;
  trail.token = base64url(rng, 22);
  trail.build = buildHash(scene, scene.now);
  trail.product = scene.world.catalogue.popular(rng);
  trail.slug = scene.world.catalogue.slug(trail.product);
  trail.category = rng.pick(CATEGORIES);
  trail.since = new Date(scene.now - rng.below(9 * DAY)).toISOString().slice(0, 10);
  trail.number = 1 + rng.below(40);
  trail.item = 1 + rng.below(4);
  trail.sort = rng.pick(SORTS);
  trail.next = rng.pick(NEXT_PAGES);
  trail.file = `${hexId(trail.product, 16)}.jpg`;
  trail.link = `https%3A%2F%2F${rng.pick(PICTURE_HOSTS)}%2F${hexId(trail.product, 8)}.jpg`;
  return trail;
}

/** Built files are named after their content: a new name with each deploy, about every other day. */
function buildHash(scene: Scene, time: number): string {
  return hexId(mix(scene.world.seed ^ 0xb01d, Math.floor(time / (2 * DAY) - 0.7)), 8);
}

export function enterPage(
  scene: Scene,
  rng: Rng,
  trail: Trail,
  person: Person | undefined,
  page: string,
): void {
  const { catalogue } = scene.world;
  switch (page) {
    case "product":
      trail.product = catalogue.popular(rng);
      trail.slug = catalogue.slug(trail.product);
      return;
    case "category":
      trail.category = rng.chance(0.7) ? trail.category : rng.pick(CATEGORIES);
      trail.page = rng.chance(0.7) ? 1 : 2 + rng.below(5);
      return;
    case "search":
      trail.term = searchTerm(rng);
      trail.page = rng.chance(0.88) ? 1 : 2;
      return;
    case "payment":
      trail.code = `pi_${base64url(rng, 24)}`;
      return;
    case "thanks":
      trail.order = catalogue.newOrder(scene.now);
      return;
    case "orders":
      trail.page = 1;
      return;
    case "order":
      trail.order = ownOrder(scene, rng, trail, person);
      trail.invoice = `INV-2026-${trail.order}`;
      return;
    case "blog":
      trail.day = `2026/0${1 + rng.below(2)}/${10 + rng.below(18)}`;
      trail.article = rng.pick(ARTICLES);
      return;
    case "help":
      trail.article = ARTICLES[rng.below(12)];
      return;
  }
}

function ownOrder(scene: Scene, rng: Rng, trail: Trail, person: Person | undefined): number {
  const { catalogue } = scene.world;
  if (person === undefined) return trail.order || catalogue.newOrder(scene.now);
  const count = catalogue.orderCount(person.index);
  return count === 0
    ? trail.order || catalogue.newOrder(scene.now)
    : catalogue.order(person.index, rng.below(count));
}

/** As a browser's form sends it. */
export function searchTerm(rng: Rng): string {
  const term = rng.chance(ODD_SEARCHES)
    ? rng.pick(ODD_TERMS)
    : TERMS[Math.floor(rng.unit() ** 1.8 * TERMS.length)];
  const cut = rng.chance(0.06) ? term.slice(0, 3 + rng.below(6)) : term;
  // As the URL standard has it for queries: the apostrophe is encoded too.
  return encodeURIComponent(cut)
    .replaceAll("'", "%27")
    .replaceAll("%20", rng.chance(0.5) ? "+" : "%20");
}
