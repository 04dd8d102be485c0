/** A disk that is full, or turns read-only: no acknowledgement for what is not on it, and work resumes by itself. */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { VedetteError } from "../../src/errors.ts";
import type { JournalRecord } from "../../src/journal/frame.ts";
import { type Journal, openJournal } from "../../src/journal/journal.ts";
import { mountSmallDisk, type SmallDisk } from "../support/small-disk.ts";

const probe = mountSmallDisk(1);
probe?.remove();
if (probe === undefined) console.log("Skipped: journal on a full disk (mounting a tmpfs needs root).");

let disk: SmallDisk | undefined;
let journal: Journal | undefined;
afterEach(async () => {
  await journal?.close();
  disk?.remove();
});

function batch(number: number, bytes: number): JournalRecord {
  return {
    batch: 1n,
    events: 1,
    minTime: number,
    maxTime: number,
    key: "",
    facts: new Uint8Array(0),
    payload: new Uint8Array(bytes).fill(number),
  };
}

async function readable(from: Journal): Promise<number[]> {
  const found: number[] = [];
  for await (const entry of from.read()) found.push(entry.minTime);
  return found;
}

/** Appends until the disk refuses; @returns what was acknowledged, and the refusal */
async function fill(into: Journal, from: number, acknowledged: number[]): Promise<unknown> {
  for (let n = from; n < from + 1000; n++) {
    try {
      await into.append(batch(n, 50_000));
      acknowledged.push(n);
    } catch (error) {
      return error;
    }
  }
  throw new Error("the disk never filled");
}

describe.skipIf(probe === undefined)("the journal on a disk that fails", () => {
  it("refuses when it is full, and goes on once there is space", async () => {
    disk = mountSmallDisk(2);
    if (disk === undefined) return;
    let now = 0;
    journal = await openJournal({
      folder: join(disk.path, "journal"),
      segmentAge: 3_600_000,
      segmentBytes: 400_000,
      clock: () => now,
    });
    writeFileSync(join(disk.path, "ballast"), Buffer.alloc(500_000));
    const acknowledged: number[] = [];
    const refusal = await fill(journal, 1, acknowledged);
    expect(refusal).toBeInstanceOf(VedetteError);
    expect(refusal).toMatchObject({ code: "JOURNAL_UNWRITABLE" });
    expect(journal.metrics.failing).toBe(true);
    expect(await readable(journal)).toEqual(acknowledged);

    // Within the rest no write is tried; after it one is, and fails again.
    await expect(journal.append(batch(5000, 10))).rejects.toMatchObject({ code: "JOURNAL_UNWRITABLE" });
    expect(journal.metrics).toMatchObject({ failures: 1, refusedFailing: 1 });
    now += 1_001;
    await expect(journal.append(batch(5001, 300_000))).rejects.toMatchObject({ code: "JOURNAL_UNWRITABLE" });
    expect(journal.metrics.failures).toBe(2);

    rmSync(join(disk.path, "ballast"));
    now += 1_001;
    await journal.append(batch(6000, 10));
    expect(journal.metrics.failing).toBe(false);
    expect(await readable(journal)).toEqual([...acknowledged, 6000]);
    await journal.close();
    expect(readdirSync(join(disk.path, "journal")).every((name) => name.endsWith(".closed"))).toBe(true);
  });

  it("refuses while it is read-only, and goes on when it is not", async () => {
    disk = mountSmallDisk(2);
    if (disk === undefined) return;
    let now = 0;
    const folder = join(disk.path, "journal");
    journal = await openJournal({ folder, segmentEvents: 1, segmentAge: 3_600_000, clock: () => now });
    await journal.append(batch(1, 10));
    await journal.rotate();
    disk.readOnly(true);
    await expect(journal.append(batch(2, 10))).rejects.toMatchObject({ code: "JOURNAL_UNWRITABLE" });
    disk.readOnly(false);
    now += 1_001;
    await journal.append(batch(3, 10));
    expect(await readable(journal)).toEqual([1, 3]);
    await journal.close();

    disk.readOnly(true);
    await expect(openJournal({ folder: join(disk.path, "other") })).rejects.toMatchObject({
      code: "JOURNAL_UNWRITABLE",
    });
    disk.readOnly(false);
  });
});
