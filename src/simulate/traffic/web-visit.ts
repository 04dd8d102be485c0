/** One person's visit to the web shop: a walk over its pages, each a burst of calls, with time to read between. */
import type { Actor } from "../actor.ts";
import type { Visitor } from "../request.ts";
import type { Scene } from "../scene.ts";
import { LOGOUT } from "../world/endpoints/auth.ts";
import { ASSETS, FAVICON, PRODUCT_PAGE, TOUCH_ICON } from "../world/endpoints/storefront.ts";
import type { Trail } from "../world/trail.ts";
import { BURST_GAP_MS, makeCalls } from "./calls.ts";
import { draw } from "./draw.ts";
import { BOOT_CALLS, LANDINGS } from "./landings.ts";
import { PAGES, type Page } from "./pages.ts";
import { type Account, isTokenOld, refreshToken, signIn } from "./sign-in.ts";
import { enterPage, newTrail } from "./wander.ts";

const ORIGIN = "https://www.shop.example";
const REFERRERS = [
  "https://www.google.com/",
  "https://www.google.com/",
  "https://www.google.com/",
  "https://www.bing.com/",
  "https://duckduckgo.com/",
  "https://l.instagram.com/",
  "https://t.co/",
  "",
  "",
  "",
];

/** Links from elsewhere to what is no longer sold. */
const STALE_LINKS = 0.03;
const SIGNS_OUT = 0.05;

export function* webVisit(scene: Scene, visitor: Visitor, account: Account): Actor {
  const { rng } = visitor;
  const trail = newTrail(scene, rng, account.person);
  let name = draw(LANDINGS, 0, rng) ?? "home";
  let at = scene.now;
  visitor.referer = rng.pick(REFERRERS);

  for (let pages = 0; pages < 60; pages++) {
    const page = PAGES[name];
    if (page.needsSignIn && !account.signedIn && !account.remembered) {
      at = yield* signIn(scene, visitor, trail, account, at);
      if (!account.signedIn) return;
    }
    if (isTokenOld(account, at)) at = yield* refreshToken(scene, visitor, trail, account, at);
    enterPage(scene, rng, trail, account.person, name);
    if (pages === 0 && name === "product" && rng.chance(STALE_LINKS))
      trail.product = withdrawn(scene, trail.product);
    if (pages === 0 || rng.chance(0.12))
      at = yield* loadDocument(scene, visitor, trail, page, at, pages === 0);
    if (pages === 0 && account.remembered) at = yield* refreshToken(scene, visitor, trail, account, at);
    if (pages === 0) at = yield* makeCalls(scene, visitor, trail, BOOT_CALLS, account, at);
    at = yield* makeCalls(scene, visitor, trail, page.calls, account, at);

    const next = draw(page.next, page.leave, rng);
    if (next === undefined) break;
    name = next;
    at += 900 + rng.logNormal(page.stay * 1000, 0.9);
  }
  if (!account.signedIn || !rng.chance(SIGNS_OUT)) return;
  yield at + rng.logNormal(20_000, 0.8);
  scene.send(visitor, LOGOUT, trail);
}

/** The page itself, and what a browser without it in its cache needs to draw it. */
function* loadDocument(
  scene: Scene,
  visitor: Visitor,
  trail: Trail,
  page: Page,
  start: number,
  first: boolean,
): Generator<number, number, void> {
  const { rng } = visitor;
  let at = start;
  yield at;
  const gone = page.document === PRODUCT_PAGE && !scene.world.catalogue.isSold(trail.product);
  const status = scene.send(visitor, page.document, trail, gone ? 404 : 0);
  if (first) visitor.referer = `${ORIGIN}${page.document.path(trail)}`;
  at += (scene.request.event.duration_ms ?? 0) + 20;
  if (status === 301) {
    yield at;
    scene.send(visitor, page.document, trail, 200);
  }
  const cold = first && rng.chance(0.45);
  for (const asset of ASSETS) {
    if (!rng.chance(cold ? 0.9 : 0.04)) continue;
    at += rng.exponential(BURST_GAP_MS);
    yield at;
    scene.send(visitor, asset, trail);
  }
  if (cold && rng.chance(0.4)) {
    at += rng.exponential(BURST_GAP_MS);
    yield at;
    scene.send(visitor, rng.chance(0.12) ? TOUCH_ICON : FAVICON, trail);
  }
  visitor.referer = `${ORIGIN}/`;
  return at + rng.between(30, 180);
}

function withdrawn(scene: Scene, near: number): number {
  let product = near;
  for (let i = 0; i < 200 && scene.world.catalogue.isSold(product); i++) product++;
  return product;
}
