/**
 * The first half on as many threads as there are cores to spare; in this thread when the work is small. A file of
 * a stateful format stays on one thread, where its headers are.
 */
import { Worker } from "node:worker_threads";
import type { FormatChoice } from "./capture/format.ts";
import type { Networks } from "./normalize/networks.ts";
import { createFront, type FactBatch, type Front, type PipelineSettings } from "./pipeline.ts";
import type { FromWorker, ToWorker } from "./pipeline-worker.ts";

export interface ReadBatch {
  readonly batch: FactBatch;
  /** The bytes that were read, back again: evidence is taken from them. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface PipelinePool {
  /** How many batches may be under way at once. */
  readonly width: number;
  open(file: number, choice: FormatChoice, stateful: boolean): void;
  /**
   * Batches of one file are answered in any order; the caller keeps them in line.
   * @param room for the batch's rows, see `Front`
   */
  read(file: number, bytes: Uint8Array<ArrayBuffer>, room: ArrayBuffer): Promise<ReadBatch>;
  close(file: number): void;
  end(): Promise<void>;
}

export function createInlinePool(settings: PipelineSettings, networks: Networks): PipelinePool {
  const fronts = new Map<number, Front>();
  return {
    width: 1,
    open: (file, choice) => void fronts.set(file, createFront(choice, settings, networks)),
    async read(file, bytes, room) {
      const front = fronts.get(file);
      if (front === undefined) throw new Error(`file ${file} was not opened`);
      return { batch: front.read(bytes, room), bytes };
    },
    close: (file) => void fronts.delete(file),
    async end() {},
  };
}

/** @param entry the built worker script */
export function createThreadPool(entry: string, threads: number, settings: PipelineSettings): PipelinePool {
  const workers = Array.from({ length: threads }, () => startWorker(entry, settings));
  const pinned = new Map<number, number>();
  let next = 0;
  return {
    width: threads * 2,
    open(file, choice, stateful) {
      for (const [index, worker] of workers.entries()) {
        if (!stateful || index === file % threads) worker.post({ kind: "open", file, choice });
      }
      pinned.set(file, stateful ? file % threads : -1);
    },
    read(file, bytes, room) {
      const at = pinned.get(file) ?? -1;
      const index = at === -1 ? next++ % threads : at;
      const worker = workers[index];
      if (worker === undefined) throw new Error(`no thread ${index}`);
      return worker.read(file, bytes, room);
    },
    close(file) {
      pinned.delete(file);
      for (const worker of workers) worker.post({ kind: "close", file });
    },
    async end() {
      await Promise.all(workers.map((worker) => worker.end()));
    },
  };
}

interface WorkerLine {
  post(message: ToWorker): void;
  read(file: number, bytes: Uint8Array<ArrayBuffer>, room: ArrayBuffer): Promise<ReadBatch>;
  end(): Promise<void>;
}

/** What a thread makes lives for one batch: a larger nursery only costs memory. */
const YOUNG_MEGABYTES = 48;

interface Waiting {
  resolve(read: ReadBatch): void;
  reject(error: Error): void;
}

/** One worker answers in the order it is asked, so answers need no numbers. */
function startWorker(entry: string, settings: PipelineSettings): WorkerLine {
  const worker = new Worker(entry, {
    workerData: settings,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  const waiting: Waiting[] = [];
  worker.on("message", (answer: FromWorker) => waiting.shift()?.resolve(answer));
  worker.on("error", (error: Error) => {
    for (const each of waiting.splice(0)) each.reject(error);
  });
  return {
    post: (message) => worker.postMessage(message),
    read(file, bytes, room) {
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        const message: ToWorker = { kind: "read", file, bytes, room };
        worker.postMessage(message, [bytes.buffer, room]);
      });
    },
    async end() {
      await worker.terminate();
    },
  };
}
