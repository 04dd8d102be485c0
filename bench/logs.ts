/**
 * Logs to measure with, made by `vedette simulate`: the same options, the same bytes. They lie in a temporary folder
 * for one run, or stay in VEDETTE_BENCH_LOGS for the next.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vedette } from "./processes.ts";

export interface Log {
  readonly file: string;
  readonly lines: number;
}

const kept = process.env.VEDETTE_BENCH_LOGS;
const folder = kept ?? mkdtempSync(join(tmpdir(), "vedette-bench-logs-"));
mkdirSync(folder, { recursive: true });

export function removeLogs(): void {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}

/** @param options of `vedette simulate`, by name */
export function simulated(options: Readonly<Record<string, number>>): Log {
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const name = Object.entries(options).map(([option, value]) => `${option}-${value}`);
  const file = join(folder, `${name.join("-")}.log`);
  if (!existsSync(file)) {
    console.log(`  simulating: ${words.join(" ")}`);
    vedette("simulate", ...words, "--out", `${file}.part`);
    renameSync(`${file}.part`, file);
  }
  return { file, lines: countLines(file) };
}

/** The first lines of a log, as a file beside it. */
export function firstLines(log: Log, lines: number): Log {
  if (lines >= log.lines) return log;
  const file = log.file.replace(/\.log$/, `-first-${lines}.log`);
  if (!existsSync(file)) copyLines(log.file, file, lines);
  return { file, lines };
}

const PIECE = 1 << 22;
const LINE_FEED = 10;

function* piecesOf(file: string): Generator<Buffer> {
  const handle = openSync(file, "r");
  const buffer = Buffer.allocUnsafe(PIECE);
  try {
    for (let read = readSync(handle, buffer); read > 0; read = readSync(handle, buffer))
      yield buffer.subarray(0, read);
  } finally {
    closeSync(handle);
  }
}

function countLines(file: string): number {
  let lines = 0;
  for (const piece of piecesOf(file))
    for (let at = piece.indexOf(LINE_FEED); at !== -1; at = piece.indexOf(LINE_FEED, at + 1)) lines++;
  return lines;
}

function copyLines(from: string, to: string, lines: number): void {
  const out = openSync(to, "w");
  let left = lines;
  for (const piece of piecesOf(from)) {
    let end = 0;
    while (left > 0 && end < piece.length) {
      const at = piece.indexOf(LINE_FEED, end);
      if (at !== -1) left--;
      end = at === -1 ? piece.length : at + 1;
    }
    writeSync(out, piece, 0, end);
    if (left === 0) break;
  }
  closeSync(out);
}

/** VEDETTE_BENCH_LINES makes it smaller. */
export function scanLog(): Log {
  return simulated({ seed: 11, days: 7, events: Number(process.env.VEDETTE_BENCH_LINES ?? 2_000_000) });
}
