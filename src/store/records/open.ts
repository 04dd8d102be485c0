/**
 * The records: small, changing, and needed for trust (who may do what, what was decided, what must still be sent).
 * SQLite in one file beside the events, or a PostgreSQL server: the same questions over either.
 */
import { join } from "node:path";
import { type Access, accessRecords } from "./access.ts";
import { type AuditLog, auditLog } from "./audit.ts";
import { type Cases, caseRecords } from "./cases.ts";
import { type Outbox, outboxRecords } from "./outbox.ts";
import { type Preferences, preferenceRecords } from "./preferences.ts";
import { type Shares, shareRecords } from "./shares.ts";
import { type Sources, sourceRecords } from "./sources.ts";
import { openSqlite } from "./sqlite.ts";

export interface Records {
  readonly access: Access;
  readonly audit: AuditLog;
  readonly cases: Cases;
  readonly outbox: Outbox;
  readonly preferences: Preferences;
  readonly shares: Shares;
  readonly sources: Sources;
  /** Why they could not be used the last time; undefined while they can. */
  readonly away: string | undefined;
  /** Looks whether they are there. @throws VedetteError RECORDS_UNAVAILABLE, RECORDS_IN_USE */
  reach(): Promise<void>;
  close(): Promise<void>;
}

/** A SQLite file, or the URL of a PostgreSQL server. */
export type RecordsPlace = { readonly file: string } | { readonly url: string };

export interface RecordsOptions {
  /** How long a server that does not answer is waited for, in milliseconds. */
  readonly patience?: number;
  /** Is told once why it has to be waited for. */
  readonly onWait?: (reason: string) => void;
}

/** @param url of a PostgreSQL server; without one they are in the data folder */
export function recordsPlace(folder: string, url: string | undefined): RecordsPlace {
  return url === undefined ? { file: join(folder, "records.db") } : { url };
}

/** @throws VedetteError RECORDS_UNAVAILABLE, RECORDS_IN_USE, STORE_TOO_NEW, CONFIG_INVALID */
export async function openRecords(
  place: RecordsPlace,
  { patience = 0, onWait = () => {} }: RecordsOptions = {},
): Promise<Records> {
  const home = "url" in place ? await atUrl(place.url, patience, onWait) : await inFile(place.file);
  const { db } = home;
  return {
    access: accessRecords(db),
    audit: auditLog(db),
    cases: caseRecords(db),
    outbox: outboxRecords(db),
    preferences: preferenceRecords(db),
    shares: shareRecords(db),
    sources: sourceRecords(db),
    get away() {
      return home.away;
    },
    reach: () => home.reach(),
    close: () => db.destroy(),
  };
}

async function atUrl(url: string, patience: number, onWait: (reason: string) => void) {
  const { openPostgres } = await import("./postgres/open.ts");
  return openPostgres({ url, patience, onWait });
}

/** A file that fails says so to who writes: there is nobody to look for. */
async function inFile(file: string) {
  return { db: await openSqlite(file), away: undefined, reach: async () => {} };
}
