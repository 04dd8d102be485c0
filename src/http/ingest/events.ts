/** POST /v1/events: NDJSON, a JSON array, or a HAR file, as it is or compressed. */
import type { FastifyInstance } from "fastify";
import type { FormatChoice } from "../../capture/format.ts";
import { bodyLines } from "../../capture/live/body.ts";
import type { Receipt } from "../../capture/live/intake.ts";
import type { IngestContext } from "./routes.ts";
import { bodyOf, newestAt, senderOf } from "./sender.ts";

export function eventRoutes(app: FastifyInstance, { intake, keys, now }: IngestContext): void {
  app.post("/v1/events", async (request, reply) => {
    const key = await keys.require(request, "ingest");
    const sender = senderOf(request, key);
    const body = await bodyOf(request, reply);
    const { bytes, skipped } = bodyLines(body);
    const receipt = await intake.accept({ source: "http", choice: choiceAt(now()), bytes, ...sender });
    return reply.code(statusOf(receipt)).send({ ...receipt, rejected: receipt.rejected + skipped });
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
