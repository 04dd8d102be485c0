import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { VedetteError } from "../errors.ts";
import type { JournalRecord } from "./frame.ts";
import { type Journal, type JournalOptions, openJournal } from "./journal.ts";
import { comparePositions, type Position } from "./position.ts";

let folder: string;
let open: Journal[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vedette-journal-"));
});
afterEach(async () => {
  for (const journal of open) await journal.close();
  open = [];
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<JournalOptions> = {}): Promise<Journal> {
  const journal = await openJournal({ folder, segmentAge: 3_600_000, ...options });
  open.push(journal);
  return journal;
}

function batch(text: string, events = 1): JournalRecord {
  return {
    batch: 1n,
    events,
    minTime: 1,
    maxTime: 2,
    key: "",
    facts: new Uint8Array(8),
    payload: new TextEncoder().encode(text),
  };
}

async function texts(journal: Journal, from?: Position): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of journal.read(from)) found.push(Buffer.from(entry.payload).toString());
  return found;
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => `batch ${i}`);

describe("the journal", () => {
  it("gives back what was appended, in order, over segments and after it was closed", async () => {
    const journal = await start({ segmentBytes: 2_000 });
    const positions: Position[] = [];
    for (const text of numbers(100)) positions.push(await journal.append(batch(text)));
    expect(await texts(journal)).toEqual(numbers(100));
    expect(positions.every((one, i) => i === 0 || comparePositions(positions[i - 1] ?? one, one) < 0)).toBe(
      true,
    );
    await journal.close();
    const again = await start();
    expect(await texts(again)).toEqual(numbers(100));
    expect(again.segments().length).toBeGreaterThan(2);
    const after = await again.append(batch("later"));
    expect(comparePositions(after, positions[99] ?? after)).toBeGreaterThan(0);
    expect(await texts(again, positions[97])).toEqual(["batch 98", "batch 99", "later"]);
  });

  it("holds no more than it may while the store takes nothing, and goes on when it does", async () => {
    const journal = await start({ segmentBytes: 500, maxBacklogBytes: 3_000 });
    let taken = 0;
    const refusal = await (async () => {
      for (;;) {
        await journal.append(batch("x".repeat(200)));
        taken++;
      }
    })().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "JOURNAL_FULL" });
    expect(journal.metrics.backlogBytes).toBeGreaterThan(2_000);
    expect(journal.metrics.backlogBytes).toBeLessThanOrEqual(3_000 + 32);
    expect(journal).toMatchObject({ full: true, metrics: { refusedFull: 1 } });
    const [oldest] = journal.segments();
    await journal.mark(oldest?.number ?? 0, "stored");
    expect(journal.full).toBe(false);
    await journal.append(batch("x".repeat(200)));
    await journal.close();

    const again = await start({ segmentBytes: 500, maxBacklogBytes: 3_000 });
    expect(again.metrics.backlogBytes).toBeGreaterThan(2_000);
    for (const { number } of again.segments()) await again.mark(number, "stored");
    expect(again.metrics.backlogBytes).toBe(0);
    expect((await texts(again)).length).toBe(taken + 1);
  });

  it("lets appends that wait together share a sync", async () => {
    const journal = await start();
    await Promise.all(numbers(500).map((text) => journal.append(batch(text, 3))));
    expect(journal.metrics).toMatchObject({ batches: 500, events: 1500, waiting: 0, waitingBytes: 0 });
    expect(journal.metrics.syncs).toBeLessThan(20);
    expect(await texts(journal)).toEqual(numbers(500));
  });

  it("closes a segment when it is told to, whatever it is doing", async () => {
    const journal = await start();
    for (let i = 1; i <= 20; i++) {
      await journal.append(batch(`batch ${i}`));
      for (let turns = 0; turns < i % 4; turns++) await Promise.resolve();
      await journal.rotate();
      expect(journal.segments().map(({ number }) => number)).toHaveLength(i);
    }
  });

  it("closes a segment by age and tells", async () => {
    let now = 0;
    const closed: number[] = [];
    const journal = await start({
      clock: () => now,
      segmentAge: 40,
      onClosed: (number) => closed.push(number),
    });
    await journal.append(batch("one"));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(closed).toEqual([]);
    now = 41;
    await expect.poll(() => closed).toEqual([1]);
    expect(journal.segments().map(({ number, state }) => [number, state])).toEqual([[1, "closed"]]);
  });

  it("closes the first segment after a pause sooner than those that follow", async () => {
    let now = 0;
    const closed: number[] = [];
    const journal = await start({
      clock: () => now,
      segmentAge: 100,
      firstAge: 40,
      onClosed: (number) => closed.push(number),
    });
    await journal.append(batch("after a pause"));
    now = 41;
    await expect.poll(() => closed).toEqual([1]);
    await journal.append(batch("soon after"));
    now = 41 + 99;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(closed).toEqual([1]);
    now = 41 + 100;
    await expect.poll(() => closed).toEqual([1, 2]);
    now += 100;
    await journal.append(batch("after another pause"));
    now += 40;
    await expect.poll(() => closed).toEqual([1, 2, 3]);
  });

  it("refuses what is too much to wait, and takes it later", async () => {
    const journal = await start({ maxWaitingBytes: 10_000 });
    const results = await Promise.allSettled(numbers(400).map((text) => journal.append(batch(text))));
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused.length).toBeGreaterThan(0);
    expect(
      refused.every(({ reason }) => reason instanceof VedetteError && reason.code === "JOURNAL_BUSY"),
    ).toBe(true);
    expect(journal.metrics.refusedBusy).toBe(refused.length);
    expect(await texts(journal)).toEqual(numbers(400).filter((_, i) => results[i]?.status === "fulfilled"));
    await journal.append(batch("later"));
  });

  it("refuses a batch over the limit of a frame", async () => {
    const journal = await start();
    const large = { ...batch(""), payload: new Uint8Array(65 * 1024 * 1024) };
    await expect(journal.append(large)).rejects.toMatchObject({ code: "RECORD_TOO_LARGE" });
    expect(await texts(journal)).toEqual([]);
  });

  it("cuts the torn tail that a crash left, and never writes behind it", async () => {
    const journal = await start();
    await journal.append(batch("whole"));
    await journal.close();
    const name = readdirSync(folder)[0] ?? "";
    const torn = join(folder, name.replace(".closed", ".open"));
    writeFileSync(torn, readFileSync(join(folder, name)));
    rmSync(join(folder, name));
    appendFileSync(torn, Buffer.alloc(777, 0xab));
    const again = await start();
    expect(again.metrics.cut).toBe(777);
    await again.append(batch("next"));
    expect(await texts(again)).toEqual(["whole", "next"]);
    expect(readdirSync(folder).length).toBe(2);
  });

  it("keeps segments until they are stored and passed, and its count through that", async () => {
    const journal = await start({ segmentEvents: 1 });
    const positions: Position[] = [];
    for (const text of numbers(4)) positions.push(await journal.append(batch(text)));
    await journal.rotate();
    await journal.mark(1, "storing");
    await journal.mark(1, "stored");
    await journal.mark(2, "stored");
    expect(journal.segments().map(({ number }) => number)).toEqual([3, 4]);
    await journal.release({ segment: 2, offset: 0 });
    expect(await texts(journal)).toEqual(numbers(4).slice(1));
    await journal.mark(3, "stored");
    await journal.mark(4, "stored");
    await journal.release({ segment: 99, offset: 0 });
    await journal.close();
    const again = await start();
    const next = await again.append(batch("next"));
    expect(next.segment).toBe(5);
    expect(await texts(again)).toEqual(["batch 3", "next"]);
  });

  it("refuses after it is closed, and says so", async () => {
    const journal = await start();
    const before = journal.append(batch("before"));
    await journal.close();
    await before;
    await expect(journal.append(batch("after"))).rejects.toMatchObject({
      code: "JOURNAL_UNWRITABLE",
      message: "The journal is closed",
    });
    expect(existsSync(folder)).toBe(true);
  });
});
