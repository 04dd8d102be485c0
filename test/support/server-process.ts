/** `vedette serve` as a process of its own: it can be killed, starved, and asked how much memory it takes. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

export const INGEST_KEY = "an-ingest-key-for-tests";
/** VEDETTE_SOAK=1 (npm run test:soak): the same tests for as long, as often and as large as the promises say. */
export const SOAK = process.env.VEDETTE_SOAK === "1";

export const PROGRAM = join(import.meta.dirname, "../../dist/vedette.js");
const MEGABYTE = 1 << 20;

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** What it printed at its start. */
  readonly welcome: string;
  /** Its log, one JSON object a line. */
  readonly log: () => string;
  /** False once it has ended, of itself too. */
  readonly alive: boolean;
  /** @returns the figures of /metrics by name, those without labels */
  metrics(): Promise<ReadonlyMap<string, number>>;
  /** Resident memory in MiB, now and at most since the last `forgetPeak`: of /proc, so on Linux alone. */
  memory(): { readonly now: number; readonly peak: number };
  forgetPeak(): void;
  /** kill -9. */
  kill(): Promise<void>;
  /** @returns its exit code */
  stop(): Promise<number | null>;
}

export interface Launched {
  /** Once it listens. @throws when it ends before that */
  readonly started: Promise<ServerProcess>;
  /** kill -9, at whatever point of its start it is. */
  kill(): Promise<void>;
}

/**
 * @param folder of its data and its settings
 * @param settings as in a configuration file
 */
export function startProcess(folder: string, settings: object = {}): Promise<ServerProcess> {
  return launchProcess(folder, settings).started;
}

/** The same, without waiting until it listens. */
export function launchProcess(folder: string, settings: object = {}): Launched {
  const config = join(folder, "vedette.json");
  writeFileSync(config, JSON.stringify({ port: 0, threads: 1, ...settings }));
  const child = spawn(
    process.execPath,
    [PROGRAM, "serve", "--config", config, "--data", join(folder, "data")],
    { env: { ...process.env, VEDETTE_INGEST_KEY: INGEST_KEY }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-MEGABYTE);
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  return { started: listening(child, ended, kill, () => log), kill };
}

async function listening(
  child: ChildProcess,
  ended: Promise<number | null>,
  kill: () => Promise<void>,
  log: () => string,
): Promise<ServerProcess> {
  const welcome = await firstWords(child);
  const url = /listens on (http:\S+);/.exec(welcome)?.[1];
  const { pid } = child;
  if (url === undefined || pid === undefined) throw new Error(`the server did not start: ${welcome}${log()}`);
  return {
    url,
    pid,
    welcome,
    log,
    get alive() {
      return child.exitCode === null && child.signalCode === null;
    },
    async metrics() {
      const text = await (await fetch(`${url}/metrics`)).text();
      const lines = [...text.matchAll(/^([a-z_]+) (\S+)$/gm)];
      return new Map(lines.map(([, name = "", value]) => [name, Number(value)]));
    },
    memory() {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
      return { now: of("VmRSS"), peak: of("VmHWM") };
    },
    forgetPeak: () => writeFileSync(`/proc/${pid}/clear_refs`, "5"),
    kill,
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

async function firstWords(child: ChildProcess): Promise<string> {
  let said = "";
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk);
    if (said.includes("listens on")) break;
  }
  return said;
}

export const AUTHORISED = { authorization: `Bearer ${INGEST_KEY}` } as const;

export function sendEvents(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}/v1/events`, { method: "POST", headers: { ...AUTHORISED, ...headers }, body });
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Seeded, so that a failure can be looked at again. @returns numbers from 0 to 1 */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
