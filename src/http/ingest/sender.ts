/** What a sender's key, headers and body say of its batch. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { crc32 } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { BodyRoom } from "../../capture/live/body/room.ts";
import { BODY_LIMITS, readBody } from "../../capture/live/body.ts";
import type { IntakeBatch, Receipt } from "../../capture/live/intake.ts";
import { VedetteError } from "../../errors.ts";
import type { Key } from "../../store/records/access.ts";
import type { IngestContext } from "./routes.ts";

const DAY_MS = 86_400_000;
const MAX_KEY_CHARS = 200;
/** What is still read of a body that was refused, so that its sender gets to the answer. */
const DRAINED_BYTES = 2 * BODY_LIMITS.sent;
const DRAIN_MS = 5_000;

export interface Received {
  /** Inflated. */
  readonly body: Uint8Array<ArrayBuffer>;
  readonly sender: Pick<IntakeBatch, "service" | "services" | "key" | "print" | "digest">;
}

/**
 * Who sends, and what. The body takes its part of the room until `use` is done with it.
 * @throws VedetteError UNAUTHENTICATED, FORBIDDEN, REQUEST_INVALID, PAYLOAD_TOO_LARGE, PAYLOAD_CORRUPT,
 *   MEDIA_TYPE_UNKNOWN, JOURNAL_BUSY
 */
export async function receive<T>(
  { keys, refusals, room }: IngestContext,
  request: FastifyRequest,
  reply: FastifyReply,
  use: (received: Received) => Promise<T>,
): Promise<T> {
  const own = room.open();
  try {
    const key = await keys.require(request, "ingest");
    idempotencyKey(request);
    const body = await bodyOf(request, reply, own);
    // The same words from two keys are two batches. Hashed only where nothing else says which batch it is.
    const repeat = idempotencyKey(request);
    const known =
      repeat === undefined
        ? { digest: digestOf(key, request, body) }
        : { key: `${key.id} ${repeat}`, print: printOf(body) };
    return await use({ body, sender: { ...servicesOf(key), ...known } });
  } catch (cause) {
    refusals.note(request, cause);
    throw cause;
  } finally {
    own.close();
  }
}

/** @throws VedetteError FORBIDDEN when all that came was for services the key may not send for */
export function checkServices({ accepted, rejected, foreign, rejections }: Receipt): void {
  if (accepted > 0 || foreign === 0 || foreign < rejected) return;
  throw new VedetteError("FORBIDDEN", rejections[0]?.reason ?? "The key may not send for this service");
}

function digestOf(key: Key, request: FastifyRequest, body: Uint8Array): string {
  const digest = createHash("sha256").update(body).digest("base64url");
  return `${key.id} ${request.routeOptions.url} ${digest}`;
}

function servicesOf({ services }: Key): Pick<IntakeBatch, "service" | "services"> {
  const [only] = services ?? [];
  return {
    ...(services === undefined ? {} : { services }),
    ...(services?.length === 1 && only !== undefined ? { service: only } : {}),
  };
}

/** Tells a mistake of an honest sender, so that a checksum is enough. */
function printOf(body: Uint8Array): string {
  return `${body.length} ${crc32(body).toString(16)}`;
}

/**
 * The body, inflated. What is left of one that is refused is thrown away; where that is much, the connection ends.
 * @throws VedetteError PAYLOAD_TOO_LARGE, PAYLOAD_CORRUPT, MEDIA_TYPE_UNKNOWN, JOURNAL_BUSY
 */
async function bodyOf(
  request: FastifyRequest,
  reply: FastifyReply,
  room: BodyRoom,
): Promise<Uint8Array<ArrayBuffer>> {
  const { raw } = request;
  try {
    const pieces = raw.iterator({ destroyOnReturn: false });
    return await readBody(pieces, request.headers["content-encoding"], BODY_LIMITS, room);
  } catch (cause) {
    // A connection closed in the midst of a body is reset, and its sender never reads why.
    if (!(await drained(raw))) void reply.header("connection", "close");
    throw cause;
  }
}

/** Throws away what is left of a body, within limits. @returns true when it came to its end */
function drained(raw: IncomingMessage): Promise<boolean> {
  if (raw.readableEnded || raw.destroyed) return Promise.resolve(raw.complete);
  return new Promise((resolve) => {
    let left = DRAINED_BYTES;
    const end = () => {
      clearTimeout(timer);
      raw.off("data", count).off("end", end).off("close", end);
      resolve(raw.complete);
    };
    const count = (piece: Buffer) => {
      left -= piece.length;
      if (left < 0) end();
    };
    const timer = setTimeout(end, DRAIN_MS);
    raw.on("data", count).on("end", end).on("close", end);
  });
}

/** The end of the day: the same all day long, so that one parser serves its batches. */
export function newestAt(now: number): number {
  return (Math.floor(now / DAY_MS) + 1) * DAY_MS;
}

/** @throws VedetteError REQUEST_INVALID for an idempotency key that is none */
function idempotencyKey(request: FastifyRequest): string | undefined {
  const value = request.headers["idempotency-key"];
  if (value === undefined || value === "") return undefined;
  if (typeof value === "string" && value.length <= MAX_KEY_CHARS) return value;
  throw new VedetteError(
    "REQUEST_INVALID",
    `An idempotency key has ${MAX_KEY_CHARS} characters at most`,
    "Idempotency-Key",
  );
}
