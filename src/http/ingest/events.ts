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
    const hint = hintFor(receipt);
    return reply.code(statusOf(receipt)).send(hint === undefined ? said : { ...said, hint });
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

/** Why records that could be read came to nothing: a shipper may well send lines that are no requests, but all of them? */
function hintFor({ accepted, ignored, rejected }: Receipt): string | undefined {
  if (ignored === 0 || accepted > 0 || rejected > 0) return undefined;
  return (
    "Nothing in it was a request: a record needs url.path (or url.full, http.route, rpc.method, graphql.operation.name) " +
    "and http.request.method or http.response.status_code"
  );
}

/** A batch of which nothing could be read was no batch of events. */
function statusOf({ accepted, rejected }: Receipt): number {
  return accepted === 0 && rejected > 0 ? 400 : 202;
}
