/** The HTTP server: its limits, its error handling, and the groups of routes. */
import Fastify, { type FastifyInstance } from "fastify";
import type { Live, LiveLog } from "../live/live.ts";
import { healthRoutes } from "./health.ts";
import { ingestRoutes } from "./ingest/routes.ts";
import { createKeyCheck } from "./keys.ts";
import { installProblems } from "./problem.ts";

export interface AppOptions {
  readonly live: Live;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: LiveLog;
}

const MAX_JSON_BYTES = 1 << 20;
/** A client that sends slower than this is cut off. */
const REQUEST_TIMEOUT_MS = 60_000;

export function createApp({ live, now, log }: AppOptions): FastifyInstance {
  const app = Fastify({
    bodyLimit: MAX_JSON_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: "idle",
  });
  const keys = createKeyCheck(live.records.access, now);
  installProblems(app, (error, request) => {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log("error", "a request failed", { route: request.routeOptions.url ?? "", reason });
  });
  app.addHook("onSend", async (_request, reply) => {
    void reply.header("x-content-type-options", "nosniff");
    void reply.header("cache-control", "no-store");
  });
  app.register(async (scope) => healthRoutes(scope, live, keys));
  app.register(async (scope) => ingestRoutes(scope, { intake: live.intake, keys, now }));
  return app;
}
