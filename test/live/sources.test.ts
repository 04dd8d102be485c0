/** Files and syslog over the live engine: a real journal, a real store, real threads, real sockets. */
import { appendFileSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openQuarantine } from "../../src/capture/live/quarantine.ts";
import { listenSyslog } from "../../src/capture/live/syslog.ts";
import { createOffsetFile, type OffsetStore } from "../../src/capture/live/tail/offset-store.ts";
import { openTail, type Tail } from "../../src/capture/live/tail.ts";
import { type Live, openLive } from "../../src/live/live.ts";
import { redactLine } from "../../src/normalize/redact-line.ts";
import { accessLine } from "../support/live-intake.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const folder = mkdtempSync(join(tmpdir(), "vedette-sources-"));
const log = join(folder, "access.log");
const file = createOffsetFile(join(folder, "offsets.json"));
const quarantine = openQuarantine({ clock: () => NOW, redact: redactLine });
let live: Live;

const open = () =>
  openLive({
    folder: join(folder, "data"),
    threads: 1,
    trustedProxies: ["private"],
    service: "default",
    retention: { events: 30, minutes: 395 },
    budgetBytes: 1e12,
    now: () => NOW,
    log: () => {},
    onRejected: ({ source }, { rejections }) => {
      for (const { reason, text } of rejections) quarantine.add(source, reason, text);
    },
  });

function follow(offsets: OffsetStore = file): Tail {
  const { intake } = live;
  return openTail({ paths: [log], intake, offsets, service: "shop", clock: () => NOW });
}

async function paths(): Promise<string[]> {
  await live.settle();
  const sql = "SELECT `url.path` FROM events ORDER BY toUInt32(splitByChar('/', `url.path`)[-1])";
  const { rows } = await live.store.query({ sql, parameters: {} });
  return rows.map(([path]) => String(path));
}

const write = (from: number, to: number): void => {
  for (let n = from; n < to; n++) appendFileSync(log, `${accessLine(n)}\n`);
};
const wanted = (count: number): string[] => Array.from({ length: count }, (_, n) => `/orders/${n}`);

beforeAll(async () => {
  live = await open();
});
afterAll(async () => {
  await live.close();
  rmSync(folder, { recursive: true });
});

it("a followed file is stored once, through rotation and through a crash before its offset was saved", async () => {
  write(0, 1_000);
  const tail = follow();
  await tail.round();
  renameSync(log, `${log}.1`);
  write(1_000, 1_200);
  await tail.round();
  await tail.close();
  expect(await paths()).toEqual(wanted(1_200));

  write(1_200, 1_300);
  let saves = 0;
  const dying = follow({
    load: file.load,
    save: async (all) => (saves++ === 0 ? file.save(all) : undefined),
  });
  await dying.round();
  await dying.close();
  await live.close();
  live = await open();
  write(1_300, 1_350);
  const after = follow();
  await after.round();
  await after.close();
  expect(await paths()).toEqual(wanted(1_350));
  expect(after.health().every(({ rejected }) => rejected === 0)).toBe(true);
});

it("syslog is stored, and what it cannot be read as is in the quarantine without its secrets", async () => {
  const source = await listenSyslog(
    { transport: "tcp", host: "127.0.0.1", port: 0 },
    { intake: live.intake, clock: () => NOW, batchEvery: 20 },
  );
  const socket = connect(source.port, "127.0.0.1");
  const header = "<134>1 2026-11-23T11:59:59Z web1 nginx - - - ";
  const lines = Array.from({ length: 50 }, (_, n) => `${header}${accessLine(1_350 + n)}\n`);
  lines.splice(25, 0, `${header}upstream said {"password":"hunter2"}\n`);
  socket.end(lines.join(""));
  await expect.poll(() => source.health().events, { timeout: 10_000 }).toBe(50);
  await source.close();
  expect(await paths()).toEqual(wanted(1_400));
  const [entry] = quarantine.list().entries;
  expect(entry).toMatchObject({ source: `syslog tcp ${source.port}` });
  expect(entry?.text).toContain('{"password":"[redacted]"}');
});
