import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { redactLine } from "../../normalize/redact-line.ts";
import { openQuarantine, type QuarantineOptions } from "./quarantine.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vedette-quarantine-"));
  file = join(folder, "quarantine.ndjson");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (options: Partial<QuarantineOptions> = {}) =>
  openQuarantine({ file, clock: () => 1_795_000_000_000, redact: redactLine, ...options });

it("keeps what could not be read with its reason, without its secrets, through a restart", async () => {
  const quarantine = open();
  quarantine.add("http", "LINE_UNREADABLE", '{"password":"hunter2","x":1}');
  await quarantine.close();
  expect(readFileSync(file, "utf8")).not.toContain("hunter2");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const again = open();
  again.add("http", "LINE_UNREADABLE", "second");
  expect(again.list().entries).toEqual([
    { id: 2, source: "http", at: 1_795_000_000_000, reason: "LINE_UNREADABLE", text: "second" },
    {
      id: 1,
      source: "http",
      at: 1_795_000_000_000,
      reason: "LINE_UNREADABLE",
      text: '{"password":"[redacted]","x":1}',
    },
  ]);
});

it("holds only so many entries and so much text: the newest", () => {
  const quarantine = open({ maxEntries: 3, maxSize: 4_000, maxText: 1_000 });
  for (let n = 0; n < 5; n++) quarantine.add("a", "why", `line ${n}`);
  expect(quarantine.list().entries.map(({ text }) => text)).toEqual(["line 4", "line 3", "line 2"]);
  expect(quarantine.figures).toEqual({ held: 3, taken: 5, pushedOut: 2 });
  for (let n = 0; n < 5; n++) quarantine.add("a", "why", "x".repeat(100_000));
  expect(quarantine.list().entries.map(({ text }) => text.length)).toEqual([1_004, 1_004, 1_004]);
  const small = open({ maxSize: 3_000, maxText: 1_000 });
  for (let n = 0; n < 5; n++) small.add("a", "why", "x".repeat(100_000));
  expect(small.figures.held).toBe(2);
});

it("is listed by source and page, and can be emptied", async () => {
  const quarantine = open();
  for (let n = 0; n < 6; n++) quarantine.add(n % 2 === 0 ? "even" : "odd", "why", `line ${n}`);
  expect(quarantine.list({ source: "odd", limit: 2 }).entries.map(({ id }) => id)).toEqual([6, 4]);
  expect(quarantine.list({ source: "odd", limit: 2, before: 4 }).entries.map(({ id }) => id)).toEqual([2]);
  await quarantine.close();
  await quarantine.clear();
  expect(quarantine.list().entries).toEqual([]);
  expect(open().list().entries).toEqual([]);
});

it("passes over a file that is damaged, and a disk that takes nothing", async () => {
  writeFileSync(file, 'half a line\n{"id":"x"}\n');
  const quarantine = open();
  expect(quarantine.list().entries).toEqual([]);
  const nowhere = open({ file: join(folder, "missing", "quarantine.ndjson") });
  nowhere.add("http", "why", "text");
  await nowhere.close();
  expect(nowhere.list().entries.length).toBe(1);
});
