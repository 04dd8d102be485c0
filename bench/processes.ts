/** Programs as they are run by people, measured from outside: CPU time, wall time, peak memory, first output. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const VEDETTE = join(process.cwd(), "dist", "vedette.js");

export interface Cost {
  /** User and system time of the process and its threads, seconds. */
  readonly cpu: number;
  /** Seconds. */
  readonly wall: number;
}

/** POSIX `times`: the shell's own user and system time, then that of its children. */
const TIMES = /(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/;

/** @throws Error when the program fails */
export function costOf(command: string, args: readonly string[]): Cost {
  const started = performance.now();
  const done = spawnSync(
    "sh",
    ["-c", '"$@" >/dev/null; code=$?; times; exit $code', "sh", command, ...args],
    {
      encoding: "utf8",
    },
  );
  const wall = (performance.now() - started) / 1000;
  const times = TIMES.exec(done.stdout);
  if (done.status !== 0 || times === null) {
    throw new Error(`${command} ended with ${done.status}: ${done.stderr.slice(0, 500)}`);
  }
  const [userMinutes = 0, user = 0, systemMinutes = 0, system = 0] = times.slice(1).map(Number);
  return { cpu: (userMinutes + systemMinutes) * 60 + user + system, wall };
}

/** The best of several runs, each figure by itself: what else runs on a machine can only make them worse. */
export function best(costs: readonly Cost[]): Cost {
  return {
    cpu: Math.min(...costs.map(({ cpu }) => cpu)),
    wall: Math.min(...costs.map(({ wall }) => wall)),
  };
}

/** Programs run in turns, so that a slow minute of the machine meets all of them. */
export function interleaved(rounds: number, programs: readonly (() => Cost)[]): Cost[] {
  const costs = programs.map((): Cost[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, run] of programs.entries()) costs[index]?.push(run());
  return costs.map(best);
}

export function vedette(...args: readonly string[]): Cost {
  return costOf(process.execPath, [VEDETTE, ...args]);
}

/** Peak resident memory of a run of vedette, in MB: VmHWM on Linux. */
export function peakMemory(...args: readonly string[]): number {
  const folder = mkdtempSync(join(tmpdir(), "vedette-bench-"));
  const note = join(folder, "peak");
  const writes = `import { writeFileSync } from "node:fs";
    process.on("exit", () => writeFileSync(${JSON.stringify(note)}, String(process.resourceUsage().maxRSS)));`;
  try {
    costOf(process.execPath, [
      "--import",
      `data:text/javascript,${encodeURIComponent(writes)}`,
      VEDETTE,
      ...args,
    ]);
    return Number(readFileSync(note, "utf8")) / 1024;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Seconds from the start of a program to the first byte it prints. */
export function firstOutput(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    let first = Number.NaN;
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
    child.stdout.once("data", () => {
      first = (performance.now() - started) / 1000;
    });
    child.stdout.resume();
    child.on("error", reject);
    child.on("close", () => resolve(first));
  });
}

export function isInstalled(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" }).status === 0;
}
