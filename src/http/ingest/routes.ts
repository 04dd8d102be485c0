/** Where events come in over HTTP: POST /v1/events. Acknowledged means on disk. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { createDocumentSplitter } from "../../capture/documents.ts";
import type { FormatChoice } from "../../capture/format.ts";
import type { Intake, Receipt } from "../../capture/live/intake.ts";
import { VedetteError } from "../../errors.ts";
import type { KeyCheck } from "../keys.ts";
import { readBody } from "./read-body.ts";

export interface IngestContext {
  readonly intake: Intake;
  readonly keys: KeyCheck;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const DAY_MS = 86_400_000;
const OPEN_LIST = 91;

export function ingestRoutes(app: FastifyInstance, { intake, keys, now }: IngestContext): void {
  // The body stays a stream: it is inflated within limits, and never parsed here.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));

  app.post("/v1/events", async (request, reply) => {
    const key = await keys.require(request, "ingest");
    const body = await readBody(request.body as never, request.headers["content-encoding"]);
    const repeat = idempotencyKey(request);
    const receipt = await intake.accept({
      source: "http",
      choice: choiceAt(now()),
      bytes: asLines(body),
      ...(key.services === undefined ? {} : { services: key.services }),
      ...(key.services?.length === 1 ? { service: key.services[0] as string } : {}),
      // The same words from two keys are two batches.
      ...(repeat === undefined ? {} : { key: `${key.id} ${repeat}` }),
    });
    return reply.code(statusOf(receipt)).send(receipt);
  });
}

/** The same all day long, so that one parser serves the batches of a day. */
function choiceAt(now: number): FormatChoice {
  return {
    format: "vedette",
    envelope: "none",
    options: { zoneMinutes: 0, newest: (Math.floor(now / DAY_MS) + 1) * DAY_MS },
    records: "lines",
    fallbacks: ["ecs", "json"],
  };
}

/** A batch of which nothing could be read was no batch of events. */
function statusOf({ accepted, rejected }: Receipt): number {
  return accepted === 0 && rejected > 0 ? 400 : 202;
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const value = request.headers["idempotency-key"];
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value.length > 200) {
    throw new VedetteError(
      "REQUEST_INVALID",
      "An idempotency key has 200 characters at most",
      "Idempotency-Key",
    );
  }
  return value;
}

/** NDJSON as it is; a JSON array, or JSON over several lines, one value a line. */
function asLines(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let at = 0;
  while (at < body.length && (body[at] ?? 0) <= 32) at++;
  if (body[at] !== OPEN_LIST) return body;
  const splitter = createDocumentSplitter();
  const lines: string[] = [];
  splitter.push(Buffer.from(body).toString("utf8"), (text) => lines.push(text.replace(/[\r\n]+/g, " ")));
  const { unfinished } = splitter.end();
  if (unfinished) throw new VedetteError("PAYLOAD_CORRUPT", "The JSON list ends before its end");
  return new Uint8Array(Buffer.from(`${lines.join("\n")}\n`));
}
