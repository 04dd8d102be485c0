/** The server itself: its health, its sources, and who did what on it. */
import { z } from "zod";
import type { Live } from "../../../live/live.ts";
import type { AuditLog } from "../../../store/records/audit.ts";
import type { Sources } from "../../../store/records/sources.ts";
import { readCursor, writeCursor } from "../cursor.ts";
import { count, name, next, time, when } from "../fields.ts";
import { type Route, route } from "../route.ts";

const position = z.tuple([z.number().int().min(0)]);
const numbers = z.record(z.string(), z.number().nullable());

export interface OperationsContext {
  readonly live: Pick<Live, "journal" | "store">;
  readonly sources: Sources;
  readonly audit: AuditLog;
  /** The server's own metrics by name. */
  readonly metrics: () => Readonly<Record<string, number>>;
}

export function operationsRoutes({ live, sources, audit, metrics }: OperationsContext): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/health",
      tag: "operations",
      summary: "How the server does: its metrics, and what its store takes of the disk.",
      need: "health:read",
      whole: true,
      audit: null,
      answer: z.strictObject({
        status: z.enum(["ok", "failing"]),
        metrics: numbers,
        store: z.strictObject({
          events: z.number(),
          bytes: z.number(),
          days: z
            .array(z.strictObject({ day: z.string(), events: z.number(), bytes: z.number() }))
            .readonly(),
        }),
      }),
      async handle() {
        const { events, bytes, days } = await live.store.usage();
        const known = Object.entries(metrics()).map(([key, value]) => [
          key,
          Number.isNaN(value) ? null : value,
        ]);
        return {
          status: live.journal.metrics.failing ? ("failing" as const) : ("ok" as const),
          metrics: Object.fromEntries(known) as Record<string, number | null>,
          store: { events, bytes, days },
        };
      },
    }),
    route({
      method: "GET",
      path: "/sources",
      tag: "operations",
      summary: "Where events come from.",
      need: "sources:read",
      whole: true,
      audit: null,
      answer: z.strictObject({
        sources: z.array(
          z.strictObject({
            id: z.string(),
            kind: z.string(),
            name: z.string(),
            created: time,
            updated: time,
          }),
        ),
      }),
      async handle() {
        const known = await sources.list();
        return {
          sources: known.map(({ id, kind, name: called, created, updated }) => ({
            id,
            kind,
            name: called,
            created: when(created),
            updated: when(updated),
          })),
        };
      },
    }),
    route({
      method: "GET",
      path: "/audit",
      tag: "operations",
      summary: "Who did or saw what, newest first.",
      need: "audit:read",
      whole: true,
      audit: "audit.read",
      query: z.strictObject({
        actor: name.optional(),
        limit: count(1, 500, 100),
        cursor: z.string().max(1_000).optional(),
      }),
      answer: z.strictObject({
        entries: z.array(
          z.strictObject({
            id: z.number(),
            at: time,
            actor: z.string(),
            action: z.string(),
            object: z.string(),
            address: z.string(),
            detail: z.record(z.string(), z.unknown()),
          }),
        ),
        next,
      }),
      async handle({ query: { actor, limit, cursor } }) {
        const [before] = cursor === undefined ? [] : readCursor(cursor, position);
        const found = await audit.read({
          limit: limit + 1,
          ...(before === undefined ? {} : { before }),
          ...(actor === undefined ? {} : { actor }),
        });
        const page = found.slice(0, limit);
        const last = found.length > limit ? page.at(-1) : undefined;
        return {
          entries: page.map((entry) => ({ ...entry, at: when(entry.at), detail: { ...entry.detail } })),
          next: last === undefined ? null : writeCursor([last.id]),
        };
      },
    }),
  ];
}
