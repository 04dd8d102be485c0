/**
 * Batches of partners at the pace of programs: far above what the shop is used to at that hour, every request of them
 * asked for. One comes every night, one uploads on weekdays, and one is new and comes once.
 */
import type { Actor } from "../../actor.ts";
import { newVisitor } from "../../request.ts";
import type { Scene } from "../../scene.ts";
import { FIRST_PRODUCT } from "../../world/catalogue.ts";
import { hostIn } from "../../world/connection.ts";
import type { Endpoint } from "../../world/endpoint.ts";
import { PARTNER_ORDER, PARTNER_SHIPMENT, STOCK } from "../../world/endpoints/partner.ts";
import { base64url } from "../../world/identifiers.ts";
import { providersOf } from "../../world/providers.ts";
import { emptyTrail } from "../../world/trail.ts";
import { crowd, daily, inWeek } from "./days.ts";

/** Prime, so that nothing comes twice. */
const STRIDE = 7919;

interface Batch {
  readonly name: string;
  readonly userAgent: string;
  readonly endpoint: Endpoint;
  readonly on: (scene: Scene) => number[];
  readonly perSecond: number;
  /** For every thousand requests of the shop's day, and at most. */
  readonly share: number;
  readonly most: number;
}

const BATCHES: readonly Batch[] = [
  {
    name: "ledger-sync",
    userAgent: "LedgerSync/4.0.2",
    endpoint: PARTNER_ORDER,
    on: (scene) => daily(scene, 2),
    perSecond: 3,
    share: 25,
    most: 1500,
  },
  {
    name: "parcel-desk",
    userAgent: "ParcelDesk-Upload/1.9 okhttp/4.12.0",
    endpoint: PARTNER_SHIPMENT,
    on: (scene) => daily(scene, 12.6, true),
    perSecond: 6,
    share: 15,
    most: 1200,
  },
  {
    name: "price-compare",
    userAgent: "python-requests/2.32.3",
    endpoint: STOCK,
    on: (scene) => inWeek(scene, 3.6, 2),
    perSecond: 12,
    share: 40,
    most: 4000,
  },
];

export function partnerBatches(scene: Scene): void {
  for (const batch of BATCHES) {
    const rng = scene.stream("partner batch", batch.name);
    const address = hostIn(providersOf("hosting"), rng.bits());
    const authorization = `Bearer sk_partner_${base64url(rng, 24)}`;
    for (const [night, at] of batch.on(scene).entries()) {
      const episode = scene.openEpisode(`partner_batch_${batch.name}-${night + 1}`, "benign");
      const visitor = newVisitor(rng, address, batch.userAgent);
      visitor.protocol = "1.1";
      visitor.user = `partner-${batch.name}`;
      visitor.authorization = authorization;
      episode.addUser(visitor.user);
      scene.spawn(run(scene, batch, night, visitor), at + rng.between(0, 120_000), episode);
      episode.story = `The program of a partner, ${batch.name}, did its work at ${batch.perSecond} requests a second.`;
    }
  }
}

function* run(scene: Scene, batch: Batch, night: number, visitor: ReturnType<typeof newVisitor>): Actor {
  const rng = scene.stream("partner batch run", batch.name, night);
  const trail = emptyTrail();
  const requests = crowd(scene, batch.share, batch.most);
  let at = scene.now;
  for (let i = 0; i < requests; i++) {
    // Its own assortment, in no order.
    trail.product = FIRST_PRODUCT + ((i * STRIDE) % scene.world.catalogue.products);
    trail.order = scene.world.catalogue.firstOrder + night * requests + i;
    yield at;
    scene.send(visitor, batch.endpoint, trail);
    at += (1000 / batch.perSecond) * rng.between(0.6, 1.4);
  }
}
