/** POST /v1/events: NDJSON, a JSON array, or a HAR file, as it is or compressed. */
import type { FastifyInstance } from "fastify";
import type { FormatChoice } from "../../capture/format.ts";
import { bodyLines } from "../../capture/live/body.ts";
import type { Receipt } from "../../capture/live/intake.ts";
import type { IngestContext } from "./routes.ts";
import { checkServices, newestAt, receive } from "./sender.ts";

export function eventRoutes(app: FastifyInstance, context: IngestContext): void {
  const { intake, now } = context;
  app.post("/v1/events", async (request, reply) => {
    const receipt = await receive(context, request, reply, async ({ body, sender }) => {
      const { bytes, skipped } = bodyLines(body);
      const taken = await intake.accept({
        source: "http",
        choice: choiceAt(now()),
        bytes,
        skipped,
        ...sender,
      });
      checkServices(taken);
      return taken;
    });
    const { foreign: _foreign, ...said } = receipt;
    return reply.code(statusOf(receipt)).send(said);
  });
}

function choiceAt(now: number): FormatChoice {
  return {
    format: "vedette",
    envelope: "none",
    options: { zoneMinutes: 0, newest: newestAt(now) },
    records: "lines",
    fallbacks: ["ecs", "har", "json"],
  };
}

/** A batch of which nothing could be read was no batch of events. */
function statusOf({ accepted, rejected }: Receipt): number {
  return accepted === 0 && rejected > 0 ? 400 : 202;
}
