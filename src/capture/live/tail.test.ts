import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accessLine, type LiveIntake, liveIntake } from "../../../test/support/live-intake.ts";
import { createOffsetFile } from "./tail/offset-store.ts";
import { openTail, type Tail, type TailOptions } from "./tail.ts";

let folder: string;
let intake: LiveIntake;
let now: number;
let open: Tail[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vedette-tail-"));
  intake = liveIntake();
  now = Date.UTC(2026, 10, 23, 12);
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((tail) => tail.close()));
  rmSync(folder, { recursive: true, force: true });
});

function tailOf(names: readonly string[], options: Partial<TailOptions> = {}): Tail {
  const tail = openTail({
    paths: names.map((name) => join(folder, name)),
    intake,
    offsets: createOffsetFile(join(folder, "state", "offsets.json")),
    clock: () => now,
    retryAfter: 1,
    ...options,
  });
  open.push(tail);
  return tail;
}

function write(name: string, from: number, to: number): void {
  appendFileSync(join(folder, name), lines(from, to));
}

function lines(from: number, to: number): string {
  return numbers(from, to)
    .map((n) => `${accessLine(n)}\n`)
    .join("");
}

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const seen = (): number[] => intake.events.map((event) => Number(event["url.path"]?.split("/").at(-1)));

describe("a file that is followed", () => {
  it("gives its lines once, as they come", async () => {
    write("access.log", 0, 10);
    const tail = tailOf(["access.log"]);
    await tail.round();
    write("access.log", 10, 15);
    await tail.round();
    await tail.round();
    expect(seen()).toEqual(numbers(0, 15));
    expect(intake.batches.map(({ batch }) => batch.choice.format)).toEqual([
      "nginx-combined",
      "nginx-combined",
    ]);
    expect(tail.health()).toMatchObject([
      {
        source: join(folder, "access.log"),
        state: "running",
        events: 15,
        rejected: 0,
        lag: 0,
        lastEvent: now,
      },
    ]);
  });

  it("may come later", async () => {
    const tail = tailOf(["late.log"]);
    await tail.round();
    expect(tail.health()).toEqual([]);
    write("late.log", 0, 3);
    await tail.round();
    expect(seen()).toEqual([0, 1, 2]);
  });

  it("waits for the end of its last line, but not for ever", async () => {
    const tail = tailOf(["access.log"]);
    write("access.log", 0, 2);
    appendFileSync(join(folder, "access.log"), accessLine(2).slice(0, 40));
    await tail.round();
    expect(seen()).toEqual([0, 1]);
    appendFileSync(join(folder, "access.log"), accessLine(2).slice(40));
    await tail.round();
    expect(seen()).toEqual([0, 1]);
    now += 5_000;
    await tail.round();
    expect(seen()).toEqual([0, 1, 2]);
  });

  it("is taken up where it was left after a restart", async () => {
    write("access.log", 0, 10);
    const before = tailOf(["access.log"]);
    await before.round();
    await before.close();
    write("access.log", 10, 12);
    await tailOf(["access.log"]).round();
    expect(seen()).toEqual(numbers(0, 12));
  });

  it("can be read from its end only", async () => {
    write("access.log", 0, 10);
    const tail = tailOf(["*.log"], { from: "end" });
    await tail.round();
    write("access.log", 10, 12);
    write("new.log", 20, 22);
    await tail.round();
    expect(seen().sort((a, b) => a - b)).toEqual([10, 11, 20, 21]);
  });

  it("loses nothing to a busy journal", async () => {
    write("access.log", 0, 10);
    intake.refuse = 3;
    const tail = tailOf(["access.log"]);
    await tail.round();
    expect(seen()).toEqual(numbers(0, 10));
    expect(tail.health()[0]).toMatchObject({
      state: "running",
      lastError: { message: "too much waits for the disk" },
    });
  });

  it("may be large: many batches, in order", async () => {
    write("access.log", 0, 60_000);
    await tailOf(["access.log"]).round();
    expect(intake.batches.length).toBeGreaterThan(5);
    expect(seen()).toEqual(numbers(0, 60_000));
  });

  it("may hold a line beyond all measure", async () => {
    const quarantined: string[] = [];
    write("access.log", 0, 2);
    appendFileSync(join(folder, "access.log"), `${"x".repeat(3 << 20)}\n`);
    write("access.log", 2, 4);
    const tail = tailOf(["access.log"], { quarantine: { add: (_, reason) => quarantined.push(reason) } });
    await tail.round();
    expect(seen()).toEqual([0, 1, 2, 3]);
    expect(quarantined).toEqual(["LINE_TOO_LONG"]);
    expect(tail.health()[0]).toMatchObject({ rejected: 1, lag: 0 });
  });

  it("is left alone while nothing in it is a request, and read whole once something is", async () => {
    const quarantined: string[] = [];
    writeFileSync(join(folder, "app.log"), "starting up\nlistening on 8080\n");
    const tail = tailOf(["app.log"], { quarantine: { add: (_, __, text) => quarantined.push(text) } });
    await tail.round();
    expect(tail.health()[0]).toMatchObject({ state: "failing" });
    expect(quarantined).toEqual(["starting up"]);
    write("app.log", 0, 50);
    await tail.round();
    expect(seen()).toEqual(numbers(0, 50));
    expect(tail.health()[0]).toMatchObject({ state: "running", events: 50 });
  });

  it("may be binary", async () => {
    writeFileSync(join(folder, "core.log"), Buffer.from(numbers(0, 4096).map((n) => n % 256)));
    const tail = tailOf(["core.log"]);
    await tail.round();
    expect(tail.health()[0]).toMatchObject({
      state: "failing",
      lastError: { message: expect.stringContaining("binary") },
    });
  });

  it("may hold several records a line, or records that span lines", async () => {
    const span = (n: number) => ({
      kind: 2,
      startTimeUnixNano: "1795000000000000000",
      endTimeUnixNano: "1795000000001000000",
      attributes: [
        { key: "http.request.method", value: { stringValue: "GET" } },
        { key: "url.path", value: { stringValue: `/orders/${n}` } },
      ],
    });
    const request = (from: number, to: number) =>
      JSON.stringify(
        {
          resourceSpans: [
            { resource: { attributes: [] }, scopeSpans: [{ spans: numbers(from, to).map(span) }] },
          ],
        },
        undefined,
        (from + 1) % 2,
      );
    const whole = `${request(0, 3)}\n${request(3, 6)}\n`;
    writeFileSync(join(folder, "otel.json"), whole.slice(0, 700));
    const before = tailOf(["otel.json"]);
    await before.round();
    const first = seen().length;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(6);
    await before.close();
    writeFileSync(join(folder, "otel.json"), whole);
    const after = tailOf(["otel.json"]);
    await after.round();
    appendFileSync(join(folder, "otel.json"), `${request(6, 8)}\n`);
    await after.round();
    expect(seen()).toEqual(numbers(0, 8));
  });

  it("keeps the columns its header named, for batches that come after it", async () => {
    const header = "#Software: IIS\n#Fields: date time c-ip cs-method cs-uri-stem sc-status\n";
    const row = (n: number) => `2026-11-23 10:00:0${n} 203.0.113.9 GET /orders/${n} 200\n`;
    writeFileSync(join(folder, "u_ex.log"), header + row(0) + row(1));
    const tail = tailOf(["u_ex.log"]);
    await tail.round();
    appendFileSync(join(folder, "u_ex.log"), row(2));
    await tail.round();
    expect(seen()).toEqual([0, 1, 2]);
    expect(intake.events[2]).toMatchObject({
      "client.address": "203.0.113.9",
      "http.response.status_code": 200,
    });
  });
});

describe("rotation", () => {
  it("by rename loses no line on either side", async () => {
    const tail = tailOf(["access.log"]);
    write("access.log", 0, 5);
    await tail.round();
    write("access.log", 5, 8);
    renameSync(join(folder, "access.log"), join(folder, "access.log.1"));
    write("access.log.1", 8, 9);
    write("access.log", 9, 12);
    await tail.round();
    write("access.log.1", 12, 13);
    await tail.round();
    expect(seen().sort((a, b) => a - b)).toEqual(numbers(0, 13));
  });

  it("by rename is noticed under a glob that matches both names", async () => {
    const tail = tailOf(["access.log*"]);
    write("access.log", 0, 5);
    await tail.round();
    renameSync(join(folder, "access.log"), join(folder, "access.log.1"));
    write("access.log", 5, 8);
    await tail.round();
    expect(seen()).toEqual(numbers(0, 8));
  });

  it("by rename while nobody looked is read to its end", async () => {
    write("access.log", 0, 5);
    const before = tailOf(["access.log"]);
    await before.round();
    await before.close();
    write("access.log", 5, 8);
    renameSync(join(folder, "access.log"), join(folder, "access.log.1"));
    write("access.log", 8, 10);
    await tailOf(["access.log"]).round();
    expect(seen().sort((a, b) => a - b)).toEqual(numbers(0, 10));
  });

  it.each(["access.log", "access.log*"])(
    "by copytruncate, under %s, repeats and loses nothing",
    async (name) => {
      const tail = tailOf([name]);
      write("access.log", 0, 5);
      await tail.round();
      write("access.log", 5, 8);
      copyFileSync(join(folder, "access.log"), join(folder, "access.log.1"));
      truncateSync(join(folder, "access.log"));
      write("access.log", 8, 20);
      await tail.round();
      await tail.round();
      expect(seen().sort((a, b) => a - b)).toEqual(numbers(0, 20));
    },
  );

  it("by copytruncate whose copy is seen before the cut", async () => {
    const tail = tailOf(["access.log*"]);
    write("access.log", 0, 5);
    await tail.round();
    copyFileSync(join(folder, "access.log"), join(folder, "access.log.1"));
    await tail.round();
    truncateSync(join(folder, "access.log"));
    await tail.round();
    write("access.log", 5, 7);
    await tail.round();
    await tail.close();
    await tailOf(["access.log*"]).round();
    expect(seen()).toEqual(numbers(0, 7));
  });

  it("by copytruncate while nobody looked", async () => {
    write("access.log", 0, 5);
    const before = tailOf(["access.log*"]);
    await before.round();
    await before.close();
    write("access.log", 5, 8);
    copyFileSync(join(folder, "access.log"), join(folder, "access.log.1"));
    truncateSync(join(folder, "access.log"));
    write("access.log", 8, 10);
    const after = tailOf(["access.log*"]);
    await after.round();
    await after.round();
    expect(seen().sort((a, b) => a - b)).toEqual(numbers(0, 10));
  });

  it("is not seen in files that begin alike", async () => {
    const header = "timestamp,method,path,status,client_ip,user_agent,bytes\n";
    const row = (n: number) => `2026-11-23T10:00:00Z,GET,/orders/${n},200,203.0.113.9,curl/8.5,12\n`;
    writeFileSync(join(folder, "shop.csv"), header);
    const tail = tailOf(["*.csv"]);
    await tail.round();
    writeFileSync(join(folder, "shop2.csv"), header + row(0) + row(1));
    appendFileSync(join(folder, "shop.csv"), row(2) + row(3));
    await tail.round();
    truncateSync(join(folder, "shop.csv"));
    await tail.round();
    expect(seen().sort()).toEqual([0, 1, 2, 3]);
  });

  it("leaves compressed files alone", async () => {
    write("access.log", 0, 5);
    const tail = tailOf(["access.log*"]);
    await tail.round();
    writeFileSync(join(folder, "access.log.1.gz"), gzipSync(lines(0, 5)));
    await tail.round();
    expect(seen()).toEqual(numbers(0, 5));
    expect(tail.health().length).toBe(1);
  });

  it("may change the format", async () => {
    const tail = tailOf(["access.log"]);
    write("access.log", 0, 5);
    await tail.round();
    renameSync(join(folder, "access.log"), join(folder, "access.log.1"));
    const record = {
      timestamp: "2026-11-23T10:00:00Z",
      "http.request.method": "GET",
      "url.path": "/orders/5",
    };
    writeFileSync(join(folder, "access.log"), `${JSON.stringify(record)}\n`);
    await tail.round();
    expect(seen()).toEqual(numbers(0, 6));
    expect(intake.batches.at(-1)?.batch.choice.format).toBe("vedette");
  });

  it("closes what was rotated away once it is quiet", async () => {
    const tail = tailOf(["access.log"]);
    write("access.log", 0, 5);
    await tail.round();
    renameSync(join(folder, "access.log"), join(folder, "old"));
    await tail.round();
    expect(tail.health().length).toBe(1);
    now += 60_000;
    await tail.round();
    expect(tail.health().length).toBe(0);
  });
});

it("follows no more files than it may, the newest first, and says how many it left out", async () => {
  mkdirSync(join(folder, "many"));
  for (let n = 0; n < 5; n++) write(`many/${n}.log`, n, n + 1);
  const tail = tailOf(["many/*.log"], { maxFiles: 3 });
  await tail.round();
  expect(tail.health().length).toBe(3);
  expect(tail.leftOut).toBe(2);
});

it("takes a batch that was on its way once, under the same key", async () => {
  const record = join(folder, "taken");
  write("access.log", 0, 5);
  // The first life takes the batch and dies before the offset is saved: what was announced is all there is.
  intake = liveIntake(record);
  const offsets = createOffsetFile(join(folder, "state", "offsets.json"));
  let saves = 0;
  const dying = tailOf(["access.log"], {
    offsets: { load: offsets.load, save: async (all) => (saves++ === 0 ? offsets.save(all) : undefined) },
  });
  await dying.round();
  await dying.close();
  write("access.log", 5, 9);
  const again = liveIntake(record);
  intake = again;
  await tailOf(["access.log"]).round();
  expect(again.events.map((event) => event["url.path"])).toEqual(numbers(5, 9).map((n) => `/orders/${n}`));
});

it.each(["lines", "documents"])(
  "sends nothing while its offsets cannot be saved, and all of it after: %s",
  async (kind) => {
    const record = (n: number) => ({
      timestamp: "2026-11-23T10:00:00Z",
      "http.request.method": "GET",
      "url.path": `/orders/${n}`,
    });
    if (kind === "lines") write("a.log", 0, 5);
    else writeFileSync(join(folder, "a.log"), `${JSON.stringify(numbers(0, 5).map(record), undefined, 1)}\n`);
    const offsets = createOffsetFile(join(folder, "state", "offsets.json"));
    let failures = 2;
    const tail = tailOf(["a.log"], {
      offsets: {
        load: offsets.load,
        save: (all) =>
          failures-- > 0 ? Promise.reject(new Error("ENOSPC: no space left")) : offsets.save(all),
      },
    });
    await tail.round();
    expect(tail.health()[0]).toMatchObject({
      state: "failing",
      lastError: { message: "ENOSPC: no space left" },
    });
    await tail.round();
    expect(seen()).toEqual([]);
    await tail.round();
    expect(seen()).toEqual(numbers(0, 5));
    expect(tail.health()[0]).toMatchObject({ state: "running", events: 5 });
  },
);

it("notices changes by itself", async () => {
  const tail = tailOf(["access.log"], { pollEvery: 60_000 });
  write("access.log", 0, 2);
  tail.start();
  await expect.poll(() => seen().length, { timeout: 10_000 }).toBe(2);
  write("access.log", 2, 5);
  await expect.poll(() => seen().length, { timeout: 10_000 }).toBe(5);
});
