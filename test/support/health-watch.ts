/** Asks for /healthz again and again on a thread of its own, so that a busy test does not slow the asking. */
import { Worker } from "node:worker_threads";

export interface HealthWatch {
  /** @returns how often it was asked, what was no 200, and the longest wait for an answer in milliseconds */
  stop(): Promise<{ readonly asked: number; readonly failed: number; readonly slowest: number }>;
}

const PROGRAM = `
const { parentPort, workerData } = require("node:worker_threads");
const { get } = require("node:http");
let asked = 0, failed = 0, slowest = 0, stopping = false;
parentPort.on("message", () => { stopping = true; });
(async () => {
  while (!stopping) {
    const at = performance.now();
    await new Promise((done) => {
      const bad = () => { failed++; done(); };
      get(workerData + "/healthz", { agent: false }, (answer) => {
        if (answer.statusCode !== 200) failed++;
        answer.resume().on("end", done);
      }).on("error", bad);
    });
    asked++;
    slowest = Math.max(slowest, performance.now() - at);
    await new Promise((done) => setTimeout(done, 100));
  }
  parentPort.postMessage({ asked, failed, slowest });
  parentPort.close();
})();`;

export function watchHealth(url: string): HealthWatch {
  const worker = new Worker(PROGRAM, { eval: true, workerData: url });
  return {
    stop() {
      worker.postMessage("stop");
      return new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
    },
  };
}
