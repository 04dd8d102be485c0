/** The thread entry of the first half: batches of bytes in, facts out. See pipeline-pool.ts for the other end. */
import { parentPort, workerData } from "node:worker_threads";
import type { FormatChoice } from "./capture/format.ts";
import { openNetworks } from "./normalize/networks.ts";
import { createFront, type FactBatch, type Front, type PipelineSettings } from "./pipeline.ts";

export type ToWorker =
  | { readonly kind: "open"; readonly file: number; readonly choice: FormatChoice }
  | {
      readonly kind: "read";
      readonly file: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly room: ArrayBuffer;
    }
  | { readonly kind: "close"; readonly file: number };

export interface FromWorker {
  readonly batch: FactBatch;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const port = parentPort;
if (port === null) throw new Error("pipeline-worker runs as a worker thread");
const settings = workerData as PipelineSettings;
const networks = openNetworks(settings.networks);
const fronts = new Map<number, Front>();

port.on("message", (message: ToWorker) => {
  if (message.kind === "open") fronts.set(message.file, createFront(message.choice, settings, networks));
  else if (message.kind === "close") fronts.delete(message.file);
  else {
    const front = fronts.get(message.file);
    if (front === undefined) throw new Error(`file ${message.file} was not opened on this thread`);
    const { bytes, room } = message;
    const batch = front.read(bytes, room);
    const answer: FromWorker = { batch, bytes };
    port.postMessage(answer, [batch.rows.buffer, bytes.buffer]);
  }
});
