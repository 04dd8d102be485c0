/** `vedette serve` as a process of its own, measured from outside by what /proc says of it. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { VEDETTE } from "./processes.ts";

export const KEY = "an-ingest-key-for-benchmarks";
/** Clock ticks of /proc/PID/stat a second, on every Linux that Node runs on. */
const TICKS = 100;

export interface Served {
  readonly url: string;
  readonly pid: number;
  readonly child: ChildProcess;
}

export async function serve(data: string): Promise<Served> {
  const child = spawn(process.execPath, [VEDETTE, "serve", "--data", data, "--port", "0"], {
    env: { ...process.env, VEDETTE_INGEST_KEY: KEY },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let said = "";
  for await (const chunk of child.stdout) {
    said += String(chunk);
    const url = /listens on (http:\S+);/.exec(said)?.[1];
    if (url !== undefined && child.pid !== undefined) return { url, pid: child.pid, child };
  }
  throw new Error("the server did not start");
}

/** In MB: VmRSS now, VmHWM at its highest. */
export function memory({ pid }: Served, name: "VmRSS" | "VmHWM"): number {
  const kilobytes = new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}

/** User and system time of all threads. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
