/** The server itself: its health, its sources, and who did what on it. */
import { z } from "zod";
import type { SourceHealth } from "../../../capture/live/health.ts";
import type { Quarantine } from "../../../capture/live/quarantine.ts";
import type { Live } from "../../../live/live.ts";
import type { Alerts } from "../../../respond/alerts.ts";
import type { EventStore } from "../../../store/contract.ts";
import type { AuditLog } from "../../../store/records/audit.ts";
import type { Sources } from "../../../store/records/sources.ts";
import { pageOf, readCursor } from "../cursor.ts";
import { count, name, next, time, when, whenever } from "../fields.ts";
import { route } from "../route.ts";

const position = z.tuple([z.number().int().min(0)]);
const numbers = z.record(z.string(), z.number().nullable());

export interface OperationsContext {
  readonly live: Pick<Live, "journal" | "store">;
  readonly sources: Sources;
  readonly audit: AuditLog;
  /** Live sources as they do now. */
  readonly health: () => readonly SourceHealth[];
  /** Lines that could not be read. */
  readonly quarantine: Quarantine | undefined;
  readonly alerts: Pick<Alerts, "metrics">;
  /** The server's own metrics by name. */
  readonly metrics: () => Readonly<Record<string, number>>;
}

async function storeFigures(store: Pick<EventStore, "usage" | "away">) {
  try {
    return { ...(await store.usage()), away: null };
  } catch (cause) {
    if (store.away === undefined) throw cause;
    return { events: 0, bytes: 0, days: [], away: store.away };
  }
}

export function operationsRoutes(context: OperationsContext) {
  const { live, sources, audit, alerts, metrics, health, quarantine } = context;
  return [
    route({
      method: "GET",
      path: "/health",
      tag: "operations",
      summary: "How the server does: its metrics, its alerts, and what its store takes of the disk.",
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
          /** Why it cannot be asked; events wait in the journal meanwhile, and the figures are zero. */
          away: z.string().nullable(),
        }),
        /** By route, since the start, but for those that wait and those that were given up and are kept. */
        alerts: z.array(
          z.strictObject({
            route: z.string(),
            sink: z.string(),
            sent: z.number(),
            failed: z.number(),
            waiting: z.number(),
            dead: z.number(),
          }),
        ),
        /** Lines that could not be read, and are kept. */
        quarantine: z.number(),
      }),
      async handle() {
        const { routes } = await alerts.metrics();
        const known = Object.entries(metrics()).map(([key, value]) => [
          key,
          Number.isNaN(value) ? null : value,
        ]);
        return {
          status: live.journal.metrics.failing ? ("failing" as const) : ("ok" as const),
          metrics: Object.fromEntries(known) as Record<string, number | null>,
          store: await storeFigures(live.store),
          alerts: routes.map(({ givenUp: _givenUp, ...route }) => route),
          quarantine: quarantine?.figures.held ?? 0,
        };
      },
    }),
    route({
      method: "GET",
      path: "/sources",
      tag: "operations",
      summary: "Where events come from: what is set up, and how each live source does.",
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
        live: z.array(
          z.strictObject({
            source: z.string(),
            kind: z.string(),
            state: z.string(),
            events: z.number(),
            bytes: z.number(),
            ignored: z.number(),
            rejected: z.number(),
            dropped: z.number(),
            lag: z.number(),
            last_event: time.nullable(),
            last_error: z.strictObject({ at: time, message: z.string() }).nullable(),
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
          live: health().map(({ lastEvent, lastError, ...figures }) => ({
            ...figures,
            last_event: whenever(lastEvent),
            last_error:
              lastError === undefined ? null : { at: when(lastError.at), message: lastError.message },
          })),
        };
      },
    }),
    route({
      method: "GET",
      path: "/quarantine",
      tag: "operations",
      summary: "Lines that could not be read, newest first, with the reason.",
      need: "sources:read",
      whole: true,
      audit: "quarantine.read",
      query: z.strictObject({
        source: name.optional(),
        limit: count(1, 500, 100),
        cursor: z.string().max(1_000).optional(),
      }),
      answer: z.strictObject({
        entries: z.array(
          z.strictObject({
            id: z.number(),
            at: time,
            source: z.string(),
            reason: z.string(),
            text: z.string(),
          }),
        ),
        next,
      }),
      async handle({ query: { source, limit, cursor } }) {
        const [before] = cursor === undefined ? [] : readCursor(cursor, position);
        const asked = {
          limit: limit + 1,
          ...(before === undefined ? {} : { before }),
          ...(source === undefined ? {} : { source }),
        };
        const found = quarantine?.list(asked).entries ?? [];
        const { page, next: following } = pageOf(found, limit, ({ id }) => [id]);
        return { entries: page.map((entry) => ({ ...entry, at: when(entry.at) })), next: following };
      },
    }),
    route({
      method: "DELETE",
      path: "/quarantine",
      tag: "operations",
      summary: "Empty the quarantine.",
      need: "sources:write",
      whole: true,
      audit: "quarantine.clear",
      async handle() {
        await quarantine?.clear();
        return undefined;
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
        const { page, next: following } = pageOf(found, limit, ({ id }) => [id]);
        return {
          entries: page.map((entry) => ({ ...entry, at: when(entry.at), detail: { ...entry.detail } })),
          next: following,
        };
      },
    }),
  ];
}
