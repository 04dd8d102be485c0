/** The API: every group of routes, and the document that describes them. */
import { z } from "zod";
import type { SourceHealth } from "../../capture/live/health.ts";
import type { Quarantine } from "../../capture/live/quarantine.ts";
import { createTails } from "../../explore/tails.ts";
import type { Live } from "../../live/live.ts";
import type { Alerts } from "../../respond/alerts.ts";
import type { Sample } from "../../sample/sample.ts";
import { createGate } from "../access/gate.ts";
import { createIdentify } from "../access/identify.ts";
import type { Invitations } from "../access/invitations.ts";
import { RateLimiter } from "../access/limits.ts";
import { createSessions, type Sessions } from "../access/sessions.ts";
import { createSignIn } from "../access/sign-in.ts";
import { viewOf } from "../access/view.ts";
import type { KeyCheck } from "../keys.ts";
import type { MountOptions } from "./mount.ts";
import { openApi } from "./openapi.ts";
import { type Route, route } from "./route.ts";
import { accountRoutes } from "./routes/account.ts";
import { alertRoutes } from "./routes/alerts.ts";
import { chartRoutes } from "./routes/charts.ts";
import { detectorRoutes } from "./routes/detectors.ts";
import { entityRoutes } from "./routes/entities.ts";
import { eventRoutes } from "./routes/events.ts";
import { exceptionRoutes } from "./routes/exceptions.ts";
import { historyRoutes } from "./routes/history.ts";
import { incidentRoutes } from "./routes/incidents.ts";
import { keyRoutes } from "./routes/keys.ts";
import { operationsRoutes } from "./routes/operations.ts";
import { queryRoutes } from "./routes/query.ts";
import { sampleRoutes } from "./routes/sample.ts";
import { savedQueryRoutes } from "./routes/saved-queries.ts";
import { sharedRoutes } from "./routes/shared.ts";
import { tailRoutes } from "./routes/tail.ts";
import { userRoutes } from "./routes/users.ts";

export interface ApiOptions {
  readonly live: Live;
  readonly keys: KeyCheck;
  readonly invitations: Invitations;
  readonly publicUrl: string | undefined;
  /** How live sources do; none unless given. */
  readonly health?: () => readonly SourceHealth[];
  readonly quarantine?: Quarantine | undefined;
  readonly sample: Pick<Sample, "state" | "began" | "remove">;
  readonly alerts: Pick<Alerts, "metrics" | "test">;
  readonly metrics: () => Readonly<Record<string, number>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Of one address: a console that opens many panels, and a person who mistypes. */
const ALL = { burst: 300, perSecond: 50 };
const GUESSES = { burst: 20, perSecond: 0.2 };

function describedRoutes({ live, keys, invitations, now, ...options }: ApiOptions, sessions: Sessions) {
  const { access, audit, sources } = live.records;
  return [
    ...accountRoutes({ access, audit, sessions, signIn: createSignIn(access, now), invitations }),
    ...queryRoutes,
    ...tailRoutes,
    ...eventRoutes,
    ...chartRoutes,
    ...entityRoutes,
    ...incidentRoutes(access),
    ...exceptionRoutes,
    ...detectorRoutes(live),
    ...historyRoutes,
    ...savedQueryRoutes,
    ...sharedRoutes,
    ...operationsRoutes({
      live,
      sources,
      audit,
      alerts: options.alerts,
      metrics: options.metrics,
      health: options.health ?? (() => []),
      quarantine: options.quarantine,
    }),
    ...alertRoutes(live.records.outbox, options.alerts),
    ...sampleRoutes(options.sample),
    ...keyRoutes(access, keys),
    ...userRoutes(access, invitations),
  ];
}
/** Every route with the types of what goes in and what comes out: the console's client has its types from here. */
export type DescribedRoute = ReturnType<typeof describedRoutes>[number];

export function createApi(options: ApiOptions): MountOptions {
  const { live, keys, now } = options;
  const { access, audit } = live.records;
  const sessions = createSessions({ access, now, publicUrl: options.publicUrl });
  const oneReplay = createGate();
  const tails = createTails();
  live.onBatch((batch) => tails.accept(batch));

  const described: readonly Route[] = describedRoutes(options, sessions);
  const document = openApi(described);
  const routes: readonly Route[] = [
    ...described,
    route({
      method: "GET",
      path: "/openapi.json",
      tag: "operations",
      summary: "This description.",
      need: "open",
      audit: null,
      answer: z.record(z.string(), z.unknown()),
      handle: async () => document,
    }),
  ];
  return {
    routes,
    identify: createIdentify({
      keys,
      sessions,
      limits: { all: new RateLimiter(ALL, now), guesses: new RateLimiter(GUESSES, now) },
    }),
    viewOf: (principal) => viewOf(principal, { live, tails, oneReplay, now }),
    audit,
    now,
    close: () => tails.close(),
  };
}
