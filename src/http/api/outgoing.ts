/** Memory for answers that were made and not read yet: clients that read nothing must not take more than there is. */
import type { FastifyInstance } from "fastify";
import { VedetteError } from "../../errors.ts";

/** A hundred answers of a megabyte, or two of the largest. */
const MOST_BYTES = 128 << 20;

/** @throws in the answer's place VedetteError TOO_MANY_REQUESTS, when all that wait together are too much */
export function limitOutgoing(app: FastifyInstance, most = MOST_BYTES): void {
  let waiting = 0;

  function check(more: number): void {
    if (waiting > 0 && waiting + more > most)
      throw new VedetteError("TOO_MANY_REQUESTS", `${waiting} bytes of answers wait to be read already`);
  }

  // Before the work, and again when the size is known.
  app.addHook("onRequest", async () => check(0));
  app.addHook("onSend", async (_request, reply, payload) => {
    const size = typeof payload === "string" || payload instanceof Uint8Array ? payload.length : 0;
    // Errors are small, and must get out.
    if (reply.statusCode < 400) check(size);
    waiting += size;
    reply.raw.once("close", () => {
      waiting -= size;
    });
  });
}
