/**
 * Marketplaces and carriers with API keys: a large nightly read that looks like exfiltration and is not, polling
 * every few minutes, price changes in bursts. Always the same few machines at the same hours.
 */
import type { Actor } from "../../actor.ts";
import { mix, type Rng } from "../../random.ts";
import { newVisitor, type Visitor } from "../../request.ts";
import type { Scene } from "../../scene.ts";
import { FIRST_PRODUCT } from "../../world/catalogue.ts";
import { hostIn } from "../../world/connection.ts";
import * as partner from "../../world/endpoints/partner.ts";
import { base64url } from "../../world/identifiers.ts";
import { providersOf } from "../../world/providers.ts";
import { emptyTrail } from "../../world/trail.ts";
import { perDay, SHARES } from "./share.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export function startPartners(scene: Scene): void {
  const daily = perDay(scene, SHARES.partners);
  scene.spawn(nightlyRead(scene, "marketplace-one", 1.2, daily * 0.55));
  scene.spawn(nightlyRead(scene, "price-finder", 4.4, daily * 0.15));
  scene.spawn(carrier(scene, "carrier-north", daily * 0.18));
  scene.spawn(priceFeed(scene, "repricer", daily * 0.12));
}

/** Every night: the whole catalogue page by page, then the stock of what sells, at an even pace. */
function* nightlyRead(scene: Scene, name: string, hour: number, requests: number): Actor {
  const { rng, visitor } = client(
    scene,
    name,
    "marketplace-sync/3.2 (+https://marketplace-one.example) Java/21.0.6",
  );
  const trail = emptyTrail();
  const pages = Math.max(1, Math.round(requests * 0.12));
  for (let day = midnight(scene); ; day += DAY) {
    let at = day + hour * HOUR + rng.between(0, 90_000);
    if (at < scene.now) continue;
    trail.since = new Date(day - DAY).toISOString().slice(0, 10);
    const gap = Math.min(1500, (3 * HOUR) / requests);
    for (trail.page = 1; trail.page <= pages; trail.page++) {
      yield at;
      scene.send(visitor, partner.PRODUCTS_BULK, trail);
      at += 900 + rng.logNormal(gap, 0.3);
    }
    for (let i = 0; i < requests - pages; i++) {
      trail.product = FIRST_PRODUCT + i;
      yield at;
      scene.send(visitor, partner.STOCK, trail, scene.world.catalogue.isSold(trail.product) ? 200 : 404);
      at += rng.logNormal(gap, 0.2);
    }
  }
}

/** Asks for open orders every few minutes, reads them, reports shipments in working hours. */
function* carrier(scene: Scene, name: string, requests: number): Actor {
  const { rng, visitor } = client(scene, name, "CarrierNorth-Connector/5.8.1");
  const trail = emptyTrail();
  const period = Math.max(30_000, (DAY / requests) * 3);
  for (let poll = scene.now + rng.between(0, period); ; poll += period) {
    let at = poll;
    yield at;
    trail.token = base64url(rng, 12);
    scene.send(visitor, partner.PARTNER_ORDERS, trail);
    const hour = (at % DAY) / HOUR;
    if (hour < 6 || hour > 19) continue;
    for (let i = rng.poisson(2.4); i > 0; i--) {
      at += 250 + rng.exponential(400);
      trail.order = scene.world.catalogue.newOrder(at - rng.below(12) * HOUR);
      yield at;
      scene.send(visitor, rng.chance(0.55) ? partner.PARTNER_ORDER : partner.PARTNER_SHIPMENT, trail);
    }
  }
}

/** New prices a few times a day, hundreds within minutes. */
function* priceFeed(scene: Scene, name: string, requests: number): Actor {
  const { rng, visitor } = client(scene, name, "python-requests/2.32.3");
  const trail = emptyTrail();
  for (let run = midnight(scene) + 5.5 * HOUR; ; run += 6 * HOUR) {
    let at = run + rng.between(0, 40_000);
    if (at < scene.now) continue;
    for (let i = Math.max(1, Math.round(requests / 4)); i > 0; i--) {
      trail.product = scene.world.catalogue.popular(rng);
      yield at;
      scene.send(visitor, partner.PRICE_FEED, trail);
      at += 120 + rng.exponential(180);
    }
  }
}

function client(scene: Scene, name: string, userAgent: string): { rng: Rng; visitor: Visitor } {
  const rng = scene.stream("partner", name);
  const visitor = newVisitor(
    rng,
    hostIn(providersOf("hosting"), mix(scene.world.seed, rng.bits())),
    userAgent,
  );
  visitor.protocol = "1.1";
  visitor.user = `partner-${name}`;
  visitor.authorization = `Bearer sk_partner_${base64url(rng, 24)}`;
  return { rng, visitor };
}

export function midnight(scene: Scene): number {
  return Math.floor(scene.world.start / DAY) * DAY;
}
