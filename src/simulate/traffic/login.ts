/** One try at the login, by anyone: applications log which account was tried, so the event names it. */
import type { Visitor } from "../request.ts";
import type { Scene } from "../scene.ts";
import { LOGIN } from "../world/endpoints/auth.ts";
import { hexId } from "../world/identifiers.ts";
import { emailOf, type Person } from "../world/people.ts";
import { emptyTrail } from "../world/trail.ts";

const trail = emptyTrail();

/** `who` is an account, or the e-mail address of nobody. */
export function tryLogin(
  scene: Scene,
  visitor: Visitor,
  who: Person | string,
  status: number,
  password?: string,
): void {
  scene.send(visitor, LOGIN, trail, status);
  const { event } = scene.request;
  event["user.id"] = typeof who === "string" ? undefined : who.id;
  if (!scene.full) return;
  event["http.request.body"] = {
    email: typeof who === "string" ? who : emailOf(who),
    password: password ?? hexId(visitor.rng.peek(), 10),
  };
  event["http.response.body"] =
    status === 200 ? { token_type: "Bearer", expires_in: 900 } : { error: ERRORS[status] ?? "error" };
}

const ERRORS: Readonly<Record<number, string>> = {
  401: "invalid_credentials",
  403: "captcha_required",
  423: "account_locked",
  429: "too_many_requests",
};
