/** Memory for answers that were made and not read yet: clients that read nothing must not take more than there is. */
import type { FastifyInstance } from "fastify";
import { VedetteError } from "../../errors.ts";

/** A hundred answers of a megabyte, or two of the largest. */
const MOST_BYTES = 128 << 20;

/** Answers of this size get out whatever waits: signing in, errors, an incident. */
const SMALL_BYTES = 64 * 1024;

/** @throws in the answer's place VedetteError TOO_MANY_REQUESTS, when all that wait together are too much */
export function limitOutgoing(app: FastifyInstance, most = MOST_BYTES): void {
  let waiting = 0;
  app.addHook("onSend", async (_request, reply, payload) => {
    const size = typeof payload === "string" || payload instanceof Uint8Array ? payload.length : 0;
    if (size > SMALL_BYTES && waiting > 0 && waiting + size > most)
      throw new VedetteError("TOO_MANY_REQUESTS", `${waiting} bytes of answers wait to be read already`);
    waiting += size;
    reply.raw.once("close", () => {
      waiting -= size;
    });
  });
}
