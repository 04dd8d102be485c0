/** The shop's own test client: runs a suite after each build, full of requests that must fail. */
import type { Actor } from "../../actor.ts";
import { newVisitor } from "../../request.ts";
import type { Scene } from "../../scene.ts";
import type { Endpoint } from "../../world/endpoint.ts";
import * as auth from "../../world/endpoints/auth.ts";
import * as api from "../../world/endpoints/shop.ts";
import { uuid } from "../../world/identifiers.ts";
import { emptyTrail } from "../../world/trail.ts";
import { midnight } from "./partners.ts";
import { perDay } from "./share.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Operation and the status that the test expects. */
const SUITE: readonly (readonly [Endpoint, number])[] = [
  [api.HEALTH, 200],
  [auth.LOGIN, 401],
  [auth.LOGIN, 422],
  [auth.LOGIN, 200],
  [api.ME, 401],
  [api.ME, 200],
  [api.CUSTOMER, 403],
  [api.CUSTOMER, 404],
  [api.PRODUCT, 200],
  [api.PRODUCT, 404],
  [api.PRODUCT_LIST, 200],
  [api.SEARCH, 200],
  [api.SEARCH, 400],
  [api.CART, 404],
  [api.CART_ADD, 201],
  [api.CART_ADD, 422],
  [api.CART_ADD, 409],
  [api.CART_CHANGE, 200],
  [api.COUPON, 422],
  [api.ADDRESS, 422],
  [api.PAYMENT_INTENT, 201],
  [api.PAYMENT_CONFIRM, 402],
  [api.PAYMENT_CONFIRM, 200],
  [api.ORDER_PLACE, 201],
  [api.ORDER, 200],
  [api.ORDER, 404],
  [api.ORDER, 403],
  [api.RETURN, 409],
  [api.UPLOAD, 415],
  [api.UPLOAD, 413],
  [api.GRAPHQL, 400],
  [auth.OTP_CHECK, 401],
  [auth.RESET_OPEN, 404],
  [auth.TOKEN, 400],
];

export function startIntegrationTests(scene: Scene): void {
  if (perDay(scene, 1) > 20_000) scene.spawn(builds(scene));
}

function* builds(scene: Scene): Actor {
  const rng = scene.stream("integration tests");
  const client = newVisitor(rng, "20.79.214.31", "axios/1.7.9");
  client.protocol = "1.1";
  const trail = emptyTrail();
  for (let day = midnight(scene); ; day += DAY) {
    const weekday = new Date(day).getUTCDay();
    const runs = weekday === 0 || weekday === 6 ? 1 : 3 + rng.below(4);
    const times = Array.from({ length: runs }, () => day + rng.between(7, 17) * HOUR).sort((a, b) => a - b);
    for (const start of times) {
      if (start < scene.now) continue;
      let at = start;
      for (const [endpoint, status] of SUITE) {
        trail.product = status === 404 ? 999_999_999 : scene.world.catalogue.popular(rng);
        trail.user = uuid(status);
        trail.cart = uuid(7);
        trail.order = status === 404 ? 1 : scene.world.catalogue.firstOrder;
        trail.category = "lighting";
        trail.term = status === 400 ? "%E0%A4%A" : "test";
        yield at;
        scene.send(client, endpoint, trail, status);
        at += 60 + rng.exponential(220);
      }
    }
  }
}
