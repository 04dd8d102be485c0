/** The thread entry of the stateless half, live. See front-pool.ts for the other end. */
import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import { DIST_FOLDER } from "../dist-folder.ts";
import { openNetworks } from "../normalize/networks.ts";
import { createLiveFront, type FrontAnswer, type FrontRequest } from "./front.ts";

export type FromFront =
  | { readonly answer: FrontAnswer; readonly failure?: undefined }
  | { readonly answer?: undefined; readonly failure: string };

const port = parentPort;
if (port === null) throw new Error("front-worker runs as a worker thread");
const front = createLiveFront(openNetworks({ folder: join(DIST_FOLDER, "geo") }));

port.on("message", (request: FrontRequest) => {
  try {
    const answer = front(request);
    port.postMessage({ answer } satisfies FromFront, [answer.facts.buffer, answer.payload.buffer]);
  } catch (cause) {
    // One batch that breaks the reader must not take the thread, and the batches behind it, along.
    port.postMessage({ failure: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
  }
});
