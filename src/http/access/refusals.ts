/**
 * Requests that were turned away for want of a right, in the audit log: one row for each address, place and reason in
 * a minute, with how many there were. Somebody who tries keys by the million leaves a few rows.
 */
import type { FastifyRequest } from "fastify";
import { VedetteError } from "../../errors.ts";
import { addressEntity } from "../../normalize/address.ts";
import type { AuditLog } from "../../store/records/audit.ts";

export interface Refusals {
  /** Counts the request when the error is one of missing rights. @param actor who asked, where that is known */
  note(request: FastifyRequest, error: unknown, actor?: string): void;
  /** Writes what was counted and stops. */
  close(): Promise<void>;
}

export interface RefusalsOptions {
  readonly audit: Pick<AuditLog, "add">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds that are counted together. */
  readonly every?: number;
  /** Rows of one writing; what is beyond them is one more. */
  readonly most?: number;
}

interface Counted {
  readonly actor: string;
  readonly address: string;
  readonly object: string;
  readonly code: string;
  readonly since: number;
  count: number;
}

const EVERY_MS = 60_000;
const MOST_ROWS = 100;

export function createRefusals({
  audit,
  now,
  every = EVERY_MS,
  most = MOST_ROWS,
}: RefusalsOptions): Refusals {
  let counted = new Map<string, Counted>();
  const timer = setInterval(() => void write(), every);
  timer.unref();

  function count(entry: Omit<Counted, "count" | "since">): void {
    const name = JSON.stringify(entry);
    const known = counted.get(name);
    if (known !== undefined) known.count++;
    else if (counted.size < most) counted.set(name, { ...entry, since: now(), count: 1 });
    else if (entry.address !== "") count({ actor: "nobody", address: "", object: "", code: entry.code });
    // The row for everybody else is the one beyond the limit.
    else counted.set(name, { ...entry, since: now(), count: 1 });
  }

  async function write(): Promise<void> {
    const rows = counted;
    counted = new Map();
    for (const { actor, address, object, code, since, count: requests } of rows.values()) {
      const entry = { at: now(), actor, action: "access.refused", object, address };
      // A disk that takes nothing must not keep requests from being refused.
      await audit.add({ ...entry, detail: { code, requests, since } }).catch(() => undefined);
    }
  }

  return {
    note(request, error, actor = "nobody") {
      if (!(error instanceof VedetteError)) return;
      const { code } = error;
      if (code !== "UNAUTHENTICATED" && code !== "FORBIDDEN") return;
      const object = `${request.method} ${request.routeOptions.url ?? ""}`;
      count({ actor, address: addressEntity(request.ip), object, code });
    },
    async close() {
      clearInterval(timer);
      await write();
    },
  };
}
