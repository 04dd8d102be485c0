/** The shop's own people in the back office, all behind the address of one office, in working hours. */
import type { Actor } from "../../actor.ts";
import { newVisitor, type Visitor } from "../../request.ts";
import type { Scene } from "../../scene.ts";
import type { Endpoint } from "../../world/endpoint.ts";
import * as admin from "../../world/endpoints/backoffice.ts";
import { emptyTrail, type Trail } from "../../world/trail.ts";
import { userAgentOf } from "../../world/user-agents.ts";
import { FAMILY_NAMES } from "../../world/words.ts";
import { draw } from "../draw.ts";
import { midnight } from "./partners.ts";
import { perDay } from "./share.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const OFFICE_ADDRESS = "93.192.14.77";
/** One of the staff per so many requests a day. */
const REQUESTS_PER_HEAD = 7_000;

const WORK: readonly (readonly [Endpoint, number])[] = [
  [admin.ADMIN_DASHBOARD, 12],
  [admin.ADMIN_ORDERS, 26],
  [admin.ADMIN_ORDER, 34],
  [admin.ADMIN_CUSTOMERS, 10],
  [admin.ADMIN_CUSTOMER, 14],
  [admin.ADMIN_REFUND, 3],
  [admin.ADMIN_PRODUCT, 8],
  [admin.ADMIN_REPORT, 1],
  [admin.ADMIN_USERS, 1],
];

export function startStaff(scene: Scene): void {
  const heads = Math.min(60, Math.floor(perDay(scene, 1) / REQUESTS_PER_HEAD));
  for (let i = 0; i < heads; i++) scene.spawn(workDays(scene, i));
}

function* workDays(scene: Scene, number: number): Actor {
  const rng = scene.stream("staff", number);
  const worker = newVisitor(rng, OFFICE_ADDRESS, userAgentOf("desktop", rng.bits()), "de-DE,de;q=0.9");
  worker.referer = "https://admin.shop.example/";
  const name = `staff-${FAMILY_NAMES[number % FAMILY_NAMES.length]}`;
  const trail = emptyTrail();
  for (let day = midnight(scene); ; day += DAY) {
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    let at = day + rng.between(7.2, 8.6) * HOUR;
    const home = day + rng.between(15.3, 17.2) * HOUR;
    if (at < scene.now) continue;
    at = yield* signIn(scene, worker, name, trail, at);
    while (at < home) {
      for (let i = 1 + rng.below(6); i > 0; i--) {
        yield at;
        doWork(scene, worker, trail);
        at += rng.logNormal(9_000, 0.8);
      }
      at += rng.logNormal(420_000, 0.9);
    }
  }
}

function* signIn(
  scene: Scene,
  worker: Visitor,
  name: string,
  trail: Trail,
  start: number,
): Generator<number, number, void> {
  const { rng } = worker;
  let at = start;
  worker.user = undefined;
  yield at;
  scene.send(worker, admin.ADMIN_HOME, trail);
  at += rng.logNormal(8_000, 0.4);
  if (rng.chance(0.15)) {
    yield at;
    scene.send(worker, admin.ADMIN_LOGIN, trail, 401);
    at += rng.logNormal(6_000, 0.4);
  }
  yield at;
  scene.send(worker, admin.ADMIN_LOGIN, trail, 200);
  worker.user = name;
  return at + 900;
}

function doWork(scene: Scene, worker: Visitor, trail: Trail): void {
  const { rng } = worker;
  const { people, catalogue } = scene.world;
  const person = people.person(rng.below(people.count));
  trail.order = rng.chance(0.5)
    ? catalogue.newOrder(scene.now - rng.below(30) * HOUR)
    : catalogue.order(person.index, 0);
  trail.user = person.uuid;
  trail.product = catalogue.any(rng);
  trail.code = rng.pick(["open", "paid", "packed", "returned"]);
  trail.page = 1 + rng.below(4);
  trail.term = rng.pick(FAMILY_NAMES).replace("'", "%27");
  trail.since = new Date(scene.now - 7 * DAY).toISOString().slice(0, 10);
  trail.day = new Date(scene.now).toISOString().slice(0, 10);
  const endpoint = draw(WORK, 0, rng) ?? admin.ADMIN_ORDERS;
  scene.send(worker, endpoint, trail);
}
