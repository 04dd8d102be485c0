/** Who may come in: users, their sessions, keys for ingestion and for the API. Secrets only as hashes. */
import { type Kysely, type Selectable, sql } from "kysely";
import { readJson, readServices, writeServices } from "./json.ts";
import type { Tables } from "./tables.ts";

export const ROLES = ["viewer", "analyst", "admin"] as const;
export type Role = (typeof ROLES)[number];

export interface User {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  /** Services whose events may be seen; undefined sees all. */
  readonly services: readonly string[] | undefined;
  /** Times are milliseconds since the epoch. */
  readonly created: number;
  readonly disabled: number | undefined;
  /** Wrong passwords in a row. */
  readonly failures: number;
  readonly lockedUntil: number | undefined;
}

export interface Session {
  readonly tokenHash: string;
  readonly userId: string;
  readonly created: number;
  readonly seen: number;
  readonly expires: number;
  readonly address: string;
  readonly agent: string;
}

export interface Key {
  readonly id: string;
  readonly kind: "ingest" | "api";
  readonly name: string;
  readonly secretHash: string;
  readonly hint: string;
  readonly services: readonly string[] | undefined;
  readonly scopes: readonly string[];
  readonly created: number;
  readonly createdBy: string;
  readonly expires: number | undefined;
  readonly revoked: number | undefined;
  readonly used: number | undefined;
}

export type NewUser = Omit<User, "disabled" | "failures" | "lockedUntil">;
export type NewKey = Omit<Key, "revoked" | "used">;
type UserChange = Partial<
  Pick<User, "role" | "passwordHash" | "services" | "disabled" | "failures" | "lockedUntil">
>;

export interface Access {
  /** @returns false when the name is taken, in whatever case */
  addUser(user: NewUser): Promise<boolean>;
  changeUser(id: string, change: UserChange): Promise<boolean>;
  user(id: string): Promise<User | undefined>;
  userNamed(name: string): Promise<User | undefined>;
  users(): Promise<readonly User[]>;
  addSession(session: Session): Promise<void>;
  /** The session and its user, while it has not expired and the user is not disabled. */
  session(tokenHash: string, now: number): Promise<{ session: Session; user: User } | undefined>;
  sessionsOf(userId: string): Promise<readonly Session[]>;
  touchSession(tokenHash: string, seen: number): Promise<void>;
  endSession(tokenHash: string): Promise<void>;
  endSessionsOf(userId: string): Promise<void>;
  endExpiredSessions(now: number): Promise<number>;
  addKey(key: NewKey): Promise<void>;
  /** A key that is neither revoked nor expired. */
  keyByHash(secretHash: string, now: number): Promise<Key | undefined>;
  keys(): Promise<readonly Key[]>;
  revokeKey(id: string, at: number): Promise<boolean>;
  noteKeyUse(id: string, at: number): Promise<void>;
}

export function accessRecords(db: Kysely<Tables>): Access {
  const named = sql<string>`lower(name)`;
  const userWith = async (id: string) => {
    const row = await db.selectFrom("users").selectAll().where("id", "=", id).executeTakeFirst();
    return row && toUser(row);
  };
  return {
    async addUser(user) {
      const { id, name, role, passwordHash, services, created } = user;
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("users")
        .values({ id, name, role, password_hash: passwordHash, services: writeServices(services), created })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async changeUser(id, change) {
      const set = {
        ...(change.role === undefined ? {} : { role: change.role }),
        ...(change.passwordHash === undefined ? {} : { password_hash: change.passwordHash }),
        ...(change.failures === undefined ? {} : { failures: change.failures }),
        ...("services" in change ? { services: writeServices(change.services) } : {}),
        ...("disabled" in change ? { disabled: change.disabled ?? null } : {}),
        ...("lockedUntil" in change ? { locked_until: change.lockedUntil ?? null } : {}),
      };
      if (Object.keys(set).length === 0) return (await userWith(id)) !== undefined;
      const { numUpdatedRows } = await db
        .updateTable("users")
        .set(set)
        .where("id", "=", id)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    user: userWith,
    async userNamed(name) {
      const row = await db.selectFrom("users").selectAll().where(named, "=", lower(name)).executeTakeFirst();
      return row && toUser(row);
    },
    async users() {
      return (await db.selectFrom("users").selectAll().orderBy(named).execute()).map(toUser);
    },
    async addSession({ tokenHash, userId, ...rest }) {
      await db
        .insertInto("sessions")
        .values({ token_hash: tokenHash, user_id: userId, ...rest })
        .execute();
    },
    async session(tokenHash, now) {
      const row = await db
        .selectFrom("sessions")
        .selectAll()
        .where("token_hash", "=", tokenHash)
        .where("expires", ">", now)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const user = await userWith(row.user_id);
      if (user === undefined || user.disabled !== undefined) return undefined;
      const { token_hash, user_id, ...rest } = row;
      return { session: { tokenHash: token_hash, userId: user_id, ...rest }, user };
    },
    async sessionsOf(userId) {
      const rows = await db
        .selectFrom("sessions")
        .selectAll()
        .where("user_id", "=", userId)
        .orderBy("created")
        .execute();
      return rows.map(({ token_hash, user_id, ...rest }) => ({
        tokenHash: token_hash,
        userId: user_id,
        ...rest,
      }));
    },
    async touchSession(tokenHash, seen) {
      await db.updateTable("sessions").set({ seen }).where("token_hash", "=", tokenHash).execute();
    },
    async endSession(tokenHash) {
      await db.deleteFrom("sessions").where("token_hash", "=", tokenHash).execute();
    },
    async endSessionsOf(userId) {
      await db.deleteFrom("sessions").where("user_id", "=", userId).execute();
    },
    async endExpiredSessions(now) {
      const { numDeletedRows } = await db
        .deleteFrom("sessions")
        .where("expires", "<=", now)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
    async addKey({ secretHash, createdBy, services, scopes, expires, ...rest }) {
      await db
        .insertInto("keys")
        .values({
          ...rest,
          secret_hash: secretHash,
          created_by: createdBy,
          services: writeServices(services),
          scopes: JSON.stringify(scopes),
          expires: expires ?? null,
        })
        .execute();
    },
    async keyByHash(secretHash, now) {
      const row = await db
        .selectFrom("keys")
        .selectAll()
        .where("secret_hash", "=", secretHash)
        .where("revoked", "is", null)
        .where((where) => where.or([where("expires", "is", null), where("expires", ">", now)]))
        .executeTakeFirst();
      return row && toKey(row);
    },
    async keys() {
      return (await db.selectFrom("keys").selectAll().orderBy("created").orderBy("id").execute()).map(toKey);
    },
    async revokeKey(id, at) {
      const { numUpdatedRows } = await db
        .updateTable("keys")
        .set({ revoked: at })
        .where("id", "=", id)
        .where("revoked", "is", null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async noteKeyUse(id, at) {
      await db.updateTable("keys").set({ used: at }).where("id", "=", id).execute();
    },
  };
}

/** As the databases do it to what is stored: a to z alone. */
function lower(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function toUser(row: Selectable<Tables["users"]>): User {
  const { password_hash, locked_until, services, disabled, role, ...rest } = row;
  return {
    ...rest,
    role: ROLES.find((known) => known === role) ?? "viewer",
    passwordHash: password_hash,
    services: readServices(services),
    disabled: disabled ?? undefined,
    lockedUntil: locked_until ?? undefined,
  };
}

function toKey(row: Selectable<Tables["keys"]>): Key {
  const { secret_hash, created_by, services, scopes, kind, expires, revoked, used, ...rest } = row;
  return {
    ...rest,
    kind: kind === "api" ? "api" : "ingest",
    secretHash: secret_hash,
    createdBy: created_by,
    services: readServices(services),
    scopes: readJson<readonly string[]>(scopes),
    expires: expires ?? undefined,
    revoked: revoked ?? undefined,
    used: used ?? undefined,
  };
}
