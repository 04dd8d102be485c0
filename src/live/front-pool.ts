/** Threads of the stateless half. A source whose format has a header stays on one thread, where its header is. */
import { Worker } from "node:worker_threads";
import { formatById } from "../capture/formats/table.ts";
import { VedetteError } from "../errors.ts";
import type { FrontAnswer, FrontRequest } from "./front.ts";
import type { FromFront } from "./front-worker.ts";

export interface FrontPool {
  /** @throws VedetteError INTERNAL when reading broke: nothing of the batch was taken */
  read(request: FrontRequest): Promise<FrontAnswer>;
  end(): Promise<void>;
}

interface Waiting {
  resolve(answer: FrontAnswer): void;
  reject(error: Error): void;
}

interface Line {
  readonly waiting: Waiting[];
  worker: Worker;
}

/** What a thread makes lives for one batch: a larger nursery only costs memory. */
const YOUNG_MEGABYTES = 48;

/** @param entry the built worker script */
export function createFrontPool(entry: string, threads: number): FrontPool {
  let ending = false;
  const lines: Line[] = [];
  for (let i = 0; i < threads; i++) {
    const line: Line = { waiting: [], worker: start() };
    attach(line);
    lines.push(line);
  }

  function start(): Worker {
    return new Worker(entry, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES } });
  }

  /** One worker answers in the order it is asked, so answers need no numbers. */
  function attach(line: Line): void {
    line.worker.on("message", ({ answer, failure }: FromFront) => {
      const first = line.waiting.shift();
      if (answer !== undefined) first?.resolve(answer);
      else first?.reject(new VedetteError("INTERNAL", `A batch could not be read: ${failure}`));
    });
    line.worker.on("error", (error: Error) => {
      for (const each of line.waiting.splice(0)) each.reject(error);
    });
    line.worker.on("exit", () => {
      for (const each of line.waiting.splice(0)) {
        each.reject(new VedetteError("INTERNAL", "A reading thread ended before it answered."));
      }
      if (ending) return;
      line.worker = start();
      attach(line);
    });
  }

  function lineFor(request: FrontRequest): Line {
    const stateful = formatById(request.choice.format)?.stateful === true;
    const line = stateful
      ? lines[hash(request.file) % lines.length]
      : lines.reduce((least, each) => (each.waiting.length < least.waiting.length ? each : least));
    if (line === undefined) throw new Error("a pool without threads");
    return line;
  }

  return {
    read(request) {
      return new Promise((resolve, reject) => {
        const line = lineFor(request);
        line.waiting.push({ resolve, reject });
        line.worker.postMessage(request, [request.bytes.buffer]);
      });
    },
    async end() {
      ending = true;
      await Promise.all(lines.map(({ worker }) => worker.terminate()));
    },
  };
}

function hash(text: string): number {
  let value = 0;
  for (let i = 0; i < text.length; i++) value = (Math.imul(value, 31) + text.charCodeAt(i)) >>> 0;
  return value;
}
