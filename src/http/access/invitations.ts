/**
 * One-time links: for the first administrator, for a new user, for a forgotten password. A link names no password
 * and whoever holds it chooses one; it works once and for a day. Only the hash of its token is kept.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { VedetteError } from "../../errors.ts";
import { ROLES, type User } from "../../store/records/access.ts";
import type { Records } from "../../store/records/open.ts";
import { hashOf } from "../keys.ts";
import { hashPassword } from "./password.ts";
import { takeTurns } from "./turns.ts";

const LIFE_MS = 86_400_000;
const MOST_OPEN = 200;
const SETTING = "invitations";

const invitation = z.object({
  hash: z.string(),
  expires: z.number(),
  /** The user whose password it sets; undefined makes a new one. */
  userId: z.string().optional(),
  /** undefined: whoever comes chooses. */
  name: z.string().optional(),
  role: z.enum(ROLES),
  services: z.array(z.string()).optional(),
});
type Invitation = z.infer<typeof invitation>;
const stored = z.array(invitation).catch([]);

export interface Invitations {
  /** @returns the token, which is shown once; earlier ones for the same user or name end */
  invite(
    to: Omit<Invitation, "hash" | "expires">,
  ): Promise<{ readonly token: string; readonly expires: number }>;
  /**
   * Makes the user, or gives a new password to the one it is for, and ends their sessions.
   * @throws VedetteError INVITATION_OVER, NAME_TAKEN
   */
  accept(token: string, name: string | undefined, password: string): Promise<User>;
}

export function createInvitations(
  { access, preferences }: Pick<Records, "access" | "preferences">,
  now: () => number,
): Invitations {
  // A link that two people open at once lets one of them in.
  const inTurn = takeTurns();
  async function open(): Promise<Invitation[]> {
    const at = now();
    return stored.parse(await preferences.setting(SETTING)).filter(({ expires }) => expires > at);
  }

  return {
    invite: (to) =>
      inTurn(async () => {
        const token = randomBytes(32).toString("base64url");
        const expires = now() + LIFE_MS;
        const others = (await open()).filter(({ userId, name }) => userId !== to.userId || name !== to.name);
        await preferences.putSetting(
          SETTING,
          [...others, { ...to, hash: hashOf(token), expires }].slice(-MOST_OPEN),
        );
        return { token, expires };
      }),
    accept: (token, name, password) =>
      inTurn(async () => {
        const all = await open();
        const hash = hashOf(token);
        const found = all.find((each) => each.hash === hash);
        if (found === undefined)
          throw new VedetteError("INVITATION_OVER", "The link was used, has ended, or never was");
        const passwordHash = await hashPassword(password);
        const id = found.userId ?? randomUUID();
        if (found.userId === undefined) {
          const chosen = found.name ?? name;
          if (chosen === undefined) throw new VedetteError("REQUEST_INVALID", "A name is missing", "name");
          const { role, services } = found;
          const added = await access.addUser({
            id,
            name: chosen,
            role,
            services,
            passwordHash,
            created: now(),
          });
          if (!added) throw new VedetteError("NAME_TAKEN", "There is a user of that name", chosen);
        }
        await preferences.putSetting(
          SETTING,
          all.filter((each) => each !== found),
        );
        if (found.userId !== undefined) {
          await access.changeUser(id, { passwordHash, failures: 0, lockedUntil: undefined });
          await access.endSessionsOf(id);
        }
        const user = await access.user(id);
        if (user === undefined) throw new VedetteError("INVITATION_OVER", "The user is no more");
        return user;
      }),
  };
}
