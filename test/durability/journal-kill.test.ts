/** kill -9 under load, again and again: what was acknowledged is readable, whole and once. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openJournal } from "../../src/journal/journal.ts";
import { bundleProgram } from "../support/bundle.ts";

const KILLS = Number(process.env.VEDETTE_KILLS ?? 8);
const folder = mkdtempSync(join(tmpdir(), "vedette-kill-"));
let program: string;
beforeAll(async () => {
  program = await bundleProgram("test/durability/journal-writer.ts");
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(dirname(program), { recursive: true, force: true });
});

/** Starts the writer, kills it after `after` acknowledgements, and gives the numbers it had acknowledged. */
async function killAfter(after: number, first: number): Promise<number[]> {
  const child = spawn(process.execPath, [program, folder, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  let lines = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
    lines += text.split("\n").length - 1;
    if (lines >= after) child.kill("SIGKILL");
  });
  await new Promise((resolve) => child.on("close", resolve));
  return printed.split("\n").slice(0, -1).map(Number);
}

it(
  `keeps what it acknowledged through ${KILLS} kills`,
  async () => {
    const acknowledged: number[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      acknowledged.push(...(await killAfter(1 + ((kill * 131) % 400), kill * 1_000_000)));
    }
    const journal = await openJournal({ folder });
    const readable = new Set<number>();
    for await (const entry of journal.read()) {
      const number = entry.minTime;
      expect(readable.has(number), `batch ${number} twice`).toBe(false);
      readable.add(number);
      expect(entry.key).toBe(`key ${number}`);
      expect(entry.payload.length).toBe(200 + ((number * 7919) % 5000));
      expect(entry.payload.every((byte) => byte === (number & 0xff))).toBe(true);
    }
    await journal.close();
    expect(acknowledged.length).toBeGreaterThan(KILLS);
    expect(acknowledged.filter((number) => !readable.has(number))).toEqual([]);
    expect(journal.metrics.damaged).toBe(0);
  },
  30_000 + KILLS * 5_000,
);
