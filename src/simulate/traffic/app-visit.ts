/** One person's use of the mobile app: launch, token, screens, telemetry in batches. */
import type { Actor } from "../actor.ts";
import type { Visitor } from "../request.ts";
import type { Scene } from "../scene.ts";
import { base64url } from "../world/identifiers.ts";
import type { Trail } from "../world/trail.ts";
import { makeCalls } from "./calls.ts";
import { draw } from "./draw.ts";
import { LAUNCH_CALLS, SCREENS, type ScreenName, TELEMETRY } from "./screens.ts";
import { type Account, isTokenOld, refreshToken, signIn } from "./sign-in.ts";
import { enterPage, newTrail } from "./wander.ts";

const STARTS: readonly (readonly [ScreenName, number])[] = [
  ["home", 78],
  ["product", 14],
  ["orders", 8],
];

export function* appVisit(scene: Scene, visitor: Visitor, account: Account): Actor {
  const { rng } = visitor;
  const trail = newTrail(scene, rng, account.person);
  trail.code = visitor.userAgent.includes("Android") ? "android" : "ios";
  let at = scene.now;
  at = yield* makeCalls(scene, visitor, trail, LAUNCH_CALLS, account, at);
  if (account.remembered) at = yield* refreshToken(scene, visitor, trail, account, at);
  else if (rng.chance(0.4)) at = yield* signIn(scene, visitor, trail, account, at);

  let name = draw(STARTS, 0, rng) ?? "home";
  for (let screens = 0; screens < 80; screens++) {
    if (isTokenOld(account, at)) at = yield* refreshToken(scene, visitor, trail, account, at);
    turnTo(scene, visitor, trail, account, name);
    at = yield* makeCalls(scene, visitor, trail, SCREENS[name].calls, account, at);
    if (rng.chance(TELEMETRY.chance))
      at = yield* makeCalls(scene, visitor, trail, [TELEMETRY], account, at + 700);
    const next = draw(SCREENS[name].next, SCREENS[name].leave, rng);
    if (next === undefined) return;
    name = next;
    at += 700 + rng.logNormal(SCREENS[name].stay * 1000, 0.8);
  }
}

function turnTo(scene: Scene, visitor: Visitor, trail: Trail, account: Account, name: ScreenName): void {
  const { rng } = visitor;
  if (name === "feed" || name === "search") trail.token = base64url(rng, rng.chance(0.15) ? 180 : 16);
  enterPage(scene, rng, trail, account.person, name === "checkout" ? "thanks" : name);
}
