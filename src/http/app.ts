/** The HTTP server: its limits, its error handling, and the groups of routes. */
import { join } from "node:path";
import Fastify, { type FastifyInstance } from "fastify";
import { createRoom } from "../capture/live/body/room.ts";
import { DIST_FOLDER } from "../dist-folder.ts";
import type { Live, LiveLog } from "../live/live.ts";
import type { Alerts } from "../respond/alerts.ts";
import { installHeaders, setHeaders } from "./access/headers.ts";
import type { Refusals } from "./access/refusals.ts";
import { type MountOptions, mountRoutes } from "./api/mount.ts";
import { readAssets } from "./console/assets.ts";
import { consoleRoutes } from "./console/console.ts";
import { healthRoutes } from "./health.ts";
import { ingestRoutes } from "./ingest/routes.ts";
import type { KeyCheck } from "./keys.ts";
import { asKnown, installProblems, sendProblem } from "./problem.ts";
import { refuseUnreadable } from "./unreadable.ts";

export interface AppOptions {
  readonly live: Live;
  readonly alerts: Pick<Alerts, "metrics">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: LiveLog;
  readonly keys: KeyCheck;
  readonly api: MountOptions;
  readonly refusals: Refusals;
  /** A proxy before the server sets X-Forwarded-For, -Proto and -Host. */
  readonly behindProxy?: boolean;
}

const MAX_JSON_BYTES = 1 << 20;
/** A client that sends slower than this is cut off. */
const REQUEST_TIMEOUT_MS = 60_000;
/** A client that reads nothing of its answer for so long, twice at most, is cut off. */
const SILENCE_MS = 120_000;
/** Requests under way may end when the server stops. Node looks after slow ones no more by then. */
const LAST_REQUESTS_MS = 5_000;
/** Each costs memory, whether it asks anything or not; more are closed at once. */
const MOST_CONNECTIONS = 4_096;

/** Where a proxy of one's own is. */
const NEAR = ["loopback", "linklocal", "uniquelocal"];

export function createApp(options: AppOptions): FastifyInstance {
  const { live, alerts, keys, api, refusals, now, log, behindProxy = false } = options;
  const room = createRoom();
  const app = Fastify({
    bodyLimit: MAX_JSON_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: SILENCE_MS,
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: "idle",
    // What comes over open connections while the server stops is answered as ever, and ends them.
    return503OnClosing: false,
    trustProxy: behindProxy ? NEAR : false,
    // A path that cannot be decoded.
    frameworkErrors: (error, request, reply) => {
      setHeaders(request, reply);
      sendProblem(reply, asKnown(error));
    },
    clientErrorHandler: refuseUnreadable,
  });
  app.server.maxConnections = MOST_CONNECTIONS;
  installProblems(app, (error, request) => {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log("error", "a request failed", { route: request.routeOptions.url ?? "", reason });
  });
  installHeaders(app);
  app.register(async (scope) => healthRoutes(scope, live, alerts, keys));
  app.register(async (scope) => ingestRoutes(scope, { intake: live.intake, keys, refusals, room, now }));
  app.register(async (scope) => mountRoutes(scope, { ...api, refusals }));
  app.register(async (scope) => consoleRoutes(scope, readAssets(join(DIST_FOLDER, "web"))));
  return app;
}

/** Takes no more requests, and waits for those under way: not long for clients that dawdle. */
export async function closeApp(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), LAST_REQUESTS_MS);
  await app.close().finally(() => clearTimeout(cut));
}
