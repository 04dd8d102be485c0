/** kill -9 while a log is followed, written and rotated, again and again: every line is taken, and taken once. */
import { spawn } from "node:child_process";
import { appendFileSync, copyFileSync, mkdtempSync, renameSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundleProgram } from "../support/bundle.ts";
import { accessLine, readRecord } from "../support/live-intake.ts";

const KILLS = Number(process.env.VEDETTE_KILLS ?? 8);
const folder = mkdtempSync(join(tmpdir(), "vedette-tail-kill-"));
const log = join(folder, "access.log");
let program: string;
beforeAll(async () => {
  program = await bundleProgram("test/durability/tail-writer.ts");
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(dirname(program), { recursive: true, force: true });
});

const taken = (): string[] => readRecord(join(folder, "taken.ndjson")).flatMap(([, , lines]) => lines);

/** Follows until `enough`, told with every batch; the process gets no chance to tidy up. */
async function followUntil(enough: (batches: number) => boolean): Promise<void> {
  const child = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] });
  let batches = 0;
  child.stdout.on("data", (text: Buffer) => {
    batches += text.toString().split("\n").length - 1;
    if (enough(batches)) child.kill("SIGKILL");
  });
  const late = setTimeout(() => child.kill("SIGKILL"), 20_000);
  await new Promise((resolve) => child.on("close", resolve));
  clearTimeout(late);
}

it(`takes every line once through ${KILLS} kills and rotations`, {
  timeout: 60_000 + KILLS * 3_000,
}, async () => {
  let next = 0;
  const write = (count: number): void => {
    let text = "";
    for (let i = 0; i < count; i++) text += `${accessLine(next++)}\n`;
    appendFileSync(log, text);
  };
  for (let kill = 0; kill < KILLS; kill++) {
    write(200 + ((kill * 7919) % 12_000));
    const writer = setInterval(() => write(20), 5);
    await followUntil((batches) => batches > (kill * 3) % 7);
    clearInterval(writer);
    write(10);
    if (kill % 3 === 1) renameSync(log, `${log}.${kill}`);
    if (kill % 3 === 2) {
      copyFileSync(log, `${log}.${kill}`);
      truncateSync(log);
      write(50);
    }
  }
  write(10);
  await followUntil(() => taken().length >= next);
  const wanted = Array.from({ length: next }, (_, n) => accessLine(n));
  expect(taken().toSorted()).toEqual(wanted.toSorted());
});
