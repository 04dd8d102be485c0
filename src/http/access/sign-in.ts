/** A name and a password → a user. Wrong ones cost time that grows, and look alike whether the name exists or not. */
import { VedetteError } from "../../errors.ts";
import type { Access, User } from "../../store/records/access.ts";
import { lockoutAfter } from "./limits.ts";
import { passwordMatches } from "./password.ts";
import { takeTurns } from "./turns.ts";

/** Names that do not exist wait like those that do, so many of them. */
const MOST_UNKNOWN = 10_000;

export interface SignIn {
  /** @throws VedetteError SIGN_IN_FAILED, ACCOUNT_LOCKED */
  check(name: string, password: string): Promise<User>;
}

interface Failures {
  readonly failures: number;
  readonly lockedUntil: number | undefined;
}

export function createSignIn(access: Access, now: () => number): SignIn {
  const unknown = new Map<string, Failures>();
  const inTurn = takeTurns();

  async function noteFailure(
    user: User | undefined,
    name: string,
    before: Failures | undefined,
  ): Promise<void> {
    const failures = (before?.failures ?? 0) + 1;
    const wait = lockoutAfter(failures);
    const change = { failures, lockedUntil: wait === 0 ? undefined : now() + wait };
    if (user !== undefined) {
      await access.changeUser(user.id, change);
      return;
    }
    unknown.delete(name);
    unknown.set(name, change);
    if (unknown.size > MOST_UNKNOWN) unknown.delete(unknown.keys().next().value ?? "");
  }

  return {
    async check(name, password) {
      const key = name.toLowerCase();
      // Counted before the password is looked at: many guesses at once are as many failures.
      const user = await inTurn(async () => {
        const named = await access.userNamed(name);
        const before = named ?? unknown.get(key);
        if (before?.lockedUntil !== undefined && before.lockedUntil > now())
          throw locked(before.lockedUntil - now());
        await noteFailure(named, key, before);
        return named;
      });
      const right = await passwordMatches(password, user?.passwordHash);
      if (!right || user === undefined || user.disabled !== undefined)
        throw new VedetteError("SIGN_IN_FAILED", "The name or the password is wrong");
      await access.changeUser(user.id, { failures: 0, lockedUntil: undefined });
      return user;
    },
  };
}

/** @param wait milliseconds */
function locked(wait: number): VedetteError {
  const error = new VedetteError("ACCOUNT_LOCKED", "Too many wrong passwords lock this name for a while");
  return Object.assign(error, { retryAfter: Math.ceil(wait / 1000) });
}
