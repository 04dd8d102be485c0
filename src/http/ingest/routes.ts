/** Where events come in over HTTP. Acknowledged means on disk. */
import type { FastifyInstance } from "fastify";
import type { Room } from "../../capture/live/body/room.ts";
import type { Intake } from "../../capture/live/intake.ts";
import type { Refusals } from "../access/refusals.ts";
import type { KeyCheck } from "../keys.ts";
import { eventRoutes } from "./events.ts";
import { otlpRoutes } from "./otlp.ts";

export interface IngestContext {
  readonly intake: Intake;
  readonly keys: KeyCheck;
  readonly refusals: Refusals;
  readonly room: Room;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function ingestRoutes(app: FastifyInstance, context: IngestContext): void {
  // The body stays a stream: it is inflated within limits, and never parsed here.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, _payload, done) => done(null));
  eventRoutes(app, context);
  otlpRoutes(app, context);
}
