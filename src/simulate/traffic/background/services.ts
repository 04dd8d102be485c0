/** Other programs of the shop itself, and the payment company that calls back: steady, from few addresses, with the season. */
import type { Actor } from "../../actor.ts";
import { newVisitor } from "../../request.ts";
import type { Scene } from "../../scene.ts";
import type { Endpoint } from "../../world/endpoint.ts";
import { TOKEN } from "../../world/endpoints/auth.ts";
import { AVAILABILITY, CUSTOMER, ORDER, PRODUCT, WEBHOOK } from "../../world/endpoints/shop.ts";
import { emptyTrail } from "../../world/trail.ts";
import { SHARES } from "./share.ts";

const MINUTE = 60_000;

interface Caller {
  readonly name: string;
  readonly userAgent: string;
  readonly addresses: readonly string[];
  readonly share: number;
  readonly calls: readonly Endpoint[];
}

const CALLERS: readonly Caller[] = [
  {
    name: "recommender",
    userAgent: "shop-recommender/1.4 python-httpx/0.28.1",
    addresses: ["10.20.6.31", "10.20.6.32"],
    share: SHARES.services * 0.6,
    calls: [PRODUCT, PRODUCT, AVAILABILITY],
  },
  {
    name: "mailer",
    userAgent: "shop-mailer/2.0 Go-http-client/2.0",
    addresses: ["10.20.7.12"],
    share: SHARES.services * 0.4,
    calls: [ORDER, CUSTOMER],
  },
  {
    name: "payrail",
    userAgent: "PayRail-Webhooks/2.3 (+https://payrail.example/docs)",
    addresses: ["185.71.65.92", "185.71.65.189", "149.154.161.7"],
    share: SHARES.webhooks,
    calls: [WEBHOOK],
  },
];

export function startServices(scene: Scene): void {
  for (const caller of CALLERS) scene.spawn(call(scene, caller));
}

function* call(scene: Scene, caller: Caller): Actor {
  const { world } = scene;
  const rng = scene.stream("service", caller.name);
  const machines = caller.addresses.map((address) => newVisitor(rng, address, caller.userAgent));
  for (const machine of machines) {
    machine.protocol = "1.1";
    machine.user = `svc-${caller.name}`;
    machine.authorization = `Bearer svc.${caller.name}`;
  }
  const trail = emptyTrail();
  let token = 0;
  for (let minute = world.start; ; minute += MINUTE) {
    const count = rng.poisson(world.events * caller.share * world.season.share(minute));
    const times = Array.from({ length: count }, () => minute + rng.unit() * MINUTE).sort((a, b) => a - b);
    for (const at of times) {
      const machine = rng.pick(machines);
      const person = world.people.person(rng.below(world.people.count));
      trail.product = world.catalogue.popular(rng);
      trail.user = person.uuid;
      trail.order = world.catalogue.newOrder(at - rng.below(120) * MINUTE);
      yield at;
      const renew = caller.calls[0] !== WEBHOOK && at > token;
      if (renew) token = at + 50 * MINUTE;
      scene.send(machine, renew ? TOKEN : rng.pick(caller.calls), trail, renew ? 200 : 0);
    }
    yield minute + MINUTE;
  }
}
