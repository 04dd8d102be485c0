/** Uptime monitors and health checks: fixed periods, several locations, never a rest. */
import type { Actor } from "../../actor.ts";
import { newVisitor } from "../../request.ts";
import type { Scene } from "../../scene.ts";
import { define } from "../../world/endpoint.ts";
import { KEYS } from "../../world/endpoints/auth.ts";
import { HEALTH } from "../../world/endpoints/shop.ts";
import { HOME } from "../../world/endpoints/storefront.ts";
import { MONITORS, type Monitor } from "../../world/robots.ts";
import { STOREFRONT } from "../../world/sites.ts";
import { emptyTrail } from "../../world/trail.ts";
import { perDay, SHARES } from "./share.ts";

const PERIODS_S = [5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 10_800, 43_200] as const;
const HOME_HEAD = define(STOREFRONT)("www.home.head", "HEAD /", { size: 0, ms: 40, slips: { 500: 0.0002 } });
const WATCHED = { home: HOME, health: HEALTH, keys: KEYS } as const;

export function startMonitors(scene: Scene): void {
  const wanted = 86_400 / (perDay(scene, SHARES.monitors) / MONITORS.length);
  const period = PERIODS_S.find((seconds) => seconds >= wanted) ?? 43_200;
  for (const monitor of MONITORS) scene.spawn(watch(scene, monitor, period * 1000));
}

function* watch(scene: Scene, monitor: Monitor, period: number): Actor {
  const rng = scene.stream("monitor", monitor.name);
  const places = monitor.addresses.map((address) => newVisitor(rng, address, monitor.userAgent));
  for (const place of places) place.protocol = "1.1";
  const endpoint = monitor.method === "HEAD" ? HOME_HEAD : WATCHED[monitor.watches];
  const trail = emptyTrail();
  let at = scene.now + rng.unit() * period;
  for (let turn = 0; ; turn++) {
    yield at + rng.between(0, 120);
    scene.send(places[turn % places.length], endpoint, trail, 200);
    at += period;
  }
}
