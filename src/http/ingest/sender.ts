/** What a sender's key and headers say of its batch. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { readBody } from "../../capture/live/body.ts";
import type { IntakeBatch } from "../../capture/live/intake.ts";
import { VedetteError } from "../../errors.ts";
import type { Key } from "../../store/records/access.ts";

const DAY_MS = 86_400_000;
const MAX_KEY_CHARS = 200;

/** @throws VedetteError REQUEST_INVALID for an idempotency key that is none */
export function senderOf(
  request: FastifyRequest,
  key: Key,
): Pick<IntakeBatch, "service" | "services" | "key"> {
  const repeat = idempotencyKey(request);
  const { services } = key;
  const [only] = services ?? [];
  return {
    ...(services === undefined ? {} : { services }),
    ...(services?.length === 1 && only !== undefined ? { service: only } : {}),
    // The same words from two keys are two batches.
    ...(repeat === undefined ? {} : { key: `${key.id} ${repeat}` }),
  };
}

/**
 * The body, inflated. What is left of one that is refused is thrown away, and the connection closed after the answer.
 * @throws VedetteError PAYLOAD_TOO_LARGE, PAYLOAD_CORRUPT, MEDIA_TYPE_UNKNOWN
 */
export async function bodyOf(request: FastifyRequest, reply: FastifyReply): Promise<Uint8Array<ArrayBuffer>> {
  const { raw } = request;
  try {
    return await readBody(raw.iterator({ destroyOnReturn: false }), request.headers["content-encoding"]);
  } catch (cause) {
    void reply.header("connection", "close");
    raw.resume();
    throw cause;
  }
}

/** The end of the day: the same all day long, so that one parser serves its batches. */
export function newestAt(now: number): number {
  return (Math.floor(now / DAY_MS) + 1) * DAY_MS;
}

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
