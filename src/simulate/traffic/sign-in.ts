/** Signing in as people do it: most succeed at once, some mistype, some have forgotten and ask for a new password. */
import type { Visitor } from "../request.ts";
import type { Scene } from "../scene.ts";
import {
  AUTHORIZE,
  EMAIL_TAKEN,
  OTP_CHECK,
  OTP_SEND,
  REGISTER,
  RESET_ASK,
  RESET_OPEN,
  RESET_USE,
  TOKEN,
} from "../world/endpoints/auth.ts";
import { ME } from "../world/endpoints/shop.ts";
import { LOGIN_PAGE, LOGIN_PAGE_NEXT } from "../world/endpoints/storefront.ts";
import { base64url } from "../world/identifiers.ts";
import { emailOf, type Person } from "../world/people.ts";
import type { Trail } from "../world/trail.ts";
import { tryLogin } from "./login.ts";

const TOKEN_LIFE_MS = 15 * 60_000;
const MISTYPES = 0.08;
const FORGETS = 0.03;
const IS_NEW = 0.14;
const USES_SECOND_FACTOR = 0.12;

/** Who sits before the screen, and whether the shop knows it. */
export interface Account {
  readonly person: Person | undefined;
  /** Has a refresh token from last time. */
  readonly remembered: boolean;
  signedIn: boolean;
  tokenUntil: number;
}

export function newAccount(person: Person | undefined, remembered: boolean): Account {
  return { person, remembered, signedIn: false, tokenUntil: 0 };
}

export function isTokenOld(account: Account, at: number): boolean {
  return account.signedIn && at > account.tokenUntil;
}

/** Returns when it is done; `account.signedIn` says how it went. */
export function* signIn(
  scene: Scene,
  visitor: Visitor,
  trail: Trail,
  account: Account,
  start: number,
): Generator<number, number, void> {
  const { rng } = visitor;
  let at = start;
  if (isBrowser(visitor)) {
    yield at;
    scene.send(visitor, rng.chance(0.6) ? LOGIN_PAGE_NEXT : LOGIN_PAGE, trail);
  }
  at += rng.logNormal(9_000, 0.6);
  if (rng.chance(IS_NEW)) {
    at = yield* register(scene, visitor, trail, account, at);
    return at;
  }
  const forgot = rng.chance(FORGETS);
  let tries = forgot ? 2 + rng.below(3) : rng.chance(MISTYPES) ? 1 + rng.below(2) : 0;
  for (; tries > 0; tries--) {
    yield at;
    tryLogin(scene, visitor, account.person ?? "", 401);
    at += rng.logNormal(7_000, 0.7);
  }
  if (forgot) {
    if (rng.chance(0.25)) return at;
    at = yield* resetPassword(scene, visitor, trail, at);
  }
  yield at;
  tryLogin(scene, visitor, account.person ?? "", 200);
  at += 400;
  if (rng.chance(USES_SECOND_FACTOR)) at = yield* secondFactor(scene, visitor, trail, at);
  enter(visitor, account, at);
  return at + rng.between(80, 400);
}

/** A new access token for the refresh token, sometimes only after a call came back with 401. */
export function* refreshToken(
  scene: Scene,
  visitor: Visitor,
  trail: Trail,
  account: Account,
  start: number,
): Generator<number, number, void> {
  const { rng } = visitor;
  if (rng.chance(0.2)) {
    yield start;
    scene.send(visitor, AUTHORIZE, trail);
  }
  if (account.signedIn && rng.chance(0.3)) {
    yield start + 10;
    scene.send(visitor, ME, trail, 401);
  }
  yield start + 60;
  scene.send(visitor, TOKEN, trail, rng.chance(0.006) ? 400 : 200);
  enter(visitor, account, start);
  return start + 90 + rng.exponential(40);
}

/** A new customer: the form asks after each pause in typing whether the e-mail address is free. */
function* register(
  scene: Scene,
  visitor: Visitor,
  trail: Trail,
  account: Account,
  start: number,
): Generator<number, number, void> {
  const { rng } = visitor;
  const email = account.person === undefined ? "someone@mail.example" : emailOf(account.person);
  let at = start;
  for (let typed = 1 + rng.below(3); typed > 0; typed--) {
    trail.term = encodeURIComponent(typed === 1 ? email : email.slice(0, -typed));
    yield at;
    scene.send(visitor, EMAIL_TAKEN, trail);
    at += rng.logNormal(3_000, 0.5);
  }
  for (;;) {
    at += rng.logNormal(18_000, 0.6);
    yield at;
    const status = scene.send(visitor, REGISTER, trail);
    if (status === 409) return at;
    if (status === 201) break;
  }
  enter(visitor, account, at);
  return at + rng.between(80, 400);
}

/** The apps have a sign-in screen of their own. */
function isBrowser(visitor: Visitor): boolean {
  return visitor.userAgent.startsWith("Mozilla/");
}

function* secondFactor(
  scene: Scene,
  visitor: Visitor,
  trail: Trail,
  start: number,
): Generator<number, number, void> {
  const { rng } = visitor;
  let at = start;
  yield at;
  scene.send(visitor, OTP_SEND, trail);
  at += rng.logNormal(14_000, 0.5);
  if (rng.chance(0.07)) {
    yield at;
    scene.send(visitor, OTP_CHECK, trail, 401);
    at += rng.logNormal(9_000, 0.5);
  }
  yield at;
  scene.send(visitor, OTP_CHECK, trail, 200);
  return at + 300;
}

function* resetPassword(
  scene: Scene,
  visitor: Visitor,
  trail: Trail,
  start: number,
): Generator<number, number, void> {
  const { rng } = visitor;
  let at = start;
  yield at;
  scene.send(visitor, RESET_ASK, trail);
  at += rng.logNormal(70_000, 0.8);
  trail.token = base64url(rng, 43);
  yield at;
  scene.send(visitor, RESET_OPEN, trail);
  at += rng.logNormal(25_000, 0.5);
  if (rng.chance(0.2)) {
    yield at;
    scene.send(visitor, RESET_USE, trail, 422);
    at += rng.logNormal(12_000, 0.5);
  }
  yield at;
  scene.send(visitor, RESET_USE, trail);
  return at + rng.logNormal(6_000, 0.5);
}

function enter(visitor: Visitor, account: Account, at: number): void {
  account.signedIn = true;
  account.tokenUntil = at + TOKEN_LIFE_MS;
  visitor.user = account.person?.id;
  visitor.authorization = `Bearer ${base64url(visitor.rng, 24)}`;
}
