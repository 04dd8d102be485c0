/** The live engine over a real journal, a real store and real threads, in a temporary folder. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FormatChoice } from "../../src/capture/format.ts";
import { type Live, openLive } from "../../src/live/live.ts";
import { run } from "../../src/simulate/run.ts";

const VEDETTE: FormatChoice = {
  format: "vedette",
  envelope: "none",
  options: { zoneMinutes: 0, newest: Date.UTC(2026, 2, 4) },
  records: "lines",
  fallbacks: [],
};

const folder = mkdtempSync(join(tmpdir(), "vedette-live-"));
let live: Live;
/** Beginnings of the lines that could not be read. */
const unread: string[] = [];
const open = () =>
  openLive({
    folder: join(folder, "data"),
    threads: 1,
    trustedProxies: ["private"],
    service: "default",
    retention: { events: 30, minutes: 395 },
    budgetBytes: 1e12,
    now: () => Date.UTC(2026, 2, 3),
    log: () => {},
    onRejected: (_batch, { rejections }) => void unread.push(...rejections.map(({ text }) => text)),
  });

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));

async function count(): Promise<number> {
  const { rows } = await live.store.query({ sql: "SELECT count() FROM events", parameters: {} });
  return Number(rows[0]?.[0]);
}

beforeAll(async () => {
  live = await open();
});
afterAll(async () => {
  await live.close();
  rmSync(folder, { recursive: true });
});

describe("the live engine", () => {
  it("stores what it acknowledged and finds the attacks in it", async () => {
    const log = join(folder, "sample.ndjson");
    await run({
      format: "vedette",
      out: log,
      logUsers: true,
      seed: 1,
      events: 20_000,
      days: 1,
      attacks: "brute_force,injection_sqli",
    });
    const lines = readFileSync(log, "utf8").split("\n");
    let accepted = 0;
    for (let from = 0; from < lines.length; from += 1000) {
      const bytes = bytesOf(lines.slice(from, from + 1000).join("\n"));
      const receipt = await live.intake.accept({ source: "test", choice: VEDETTE, bytes });
      expect(receipt.rejected).toBe(0);
      accepted += receipt.accepted;
    }
    await live.settle();
    expect(accepted).toBe(lines.filter(Boolean).length);
    expect(await count()).toBe(accepted);
    const cases = await live.records.cases.list({ limit: 100 });
    expect(cases.flatMap(({ incident }) => incident.categories)).toEqual(
      expect.arrayContaining(["brute_force", "injection"]),
    );
    const [sample] = (await live.records.cases.detections(cases[0]?.incident.id ?? "")).flatMap(
      (d) => d.samples,
    );
    const id = sample !== undefined && "id" in sample ? sample.id : "";
    expect(await live.store.event(id)).toMatchObject({ "event.id": id });
  });

  it("takes a batch once, however often it comes under the same key", async () => {
    const before = await count();
    const line = JSON.stringify({
      timestamp: "2026-03-03T00:00:00Z",
      "url.path": "/once",
      "client.address": "192.0.2.1",
    });
    const receipts = await Promise.all(
      [1, 2, 3].map(() =>
        live.intake.accept({ source: "test", choice: VEDETTE, bytes: bytesOf(line), key: "same" }),
      ),
    );
    expect(receipts.map(({ accepted }) => accepted)).toEqual([1, 1, 1]);
    await live.settle();
    expect((await count()) - before).toBe(1);
  });

  it("says which lines it could not read, and takes the others", async () => {
    const good = JSON.stringify({ timestamp: "2026-03-03T00:00:01Z", "url.path": "/good" });
    const receipt = await live.intake.accept({
      source: "test",
      choice: VEDETTE,
      bytes: bytesOf(`${good}\n{"url.path":\n\n${good}\n`),
    });
    expect(receipt).toMatchObject({ accepted: 2, ignored: 1, rejected: 1, rejections: [{ line: 1 }] });
    expect(unread).toEqual(['{"url.path":']);
  });

  it("never writes a secret to the disk", async () => {
    const secret = "hunter2-correct-horse";
    const line = JSON.stringify({
      timestamp: "2026-03-03T00:00:02Z",
      "url.path": "/login",
      "url.query": `password=${secret}`,
      "http.request.headers": { authorization: `Bearer ${secret}`, cookie: `sid=${secret}` },
      "http.request.body": JSON.stringify({ user: "ann", password: secret }),
    });
    await live.intake.accept({ source: "test", choice: VEDETTE, bytes: bytesOf(line) });
    await live.settle();
    const { rows } = await live.store.query({
      sql: "SELECT toJSONString(tuple(*)) FROM events WHERE `url.path` = '/login' AND `url.query` LIKE 'password=%'",
      parameters: {},
    });
    expect(rows.length).toBe(1);
    expect(String(rows[0]?.[0])).toContain("[redacted]");
    expect(String(rows[0]?.[0])).not.toContain(secret);
  });

  it("goes on where it was after it was closed", async () => {
    const before = await count();
    const incidents = (await live.records.cases.list({ limit: 100 })).map(({ incident, version }) => [
      incident.id,
      version,
    ]);
    await live.close();
    live = await open();
    expect(await count()).toBe(before);
    await live.settle();
    expect(
      (await live.records.cases.list({ limit: 100 })).map(({ incident, version }) => [incident.id, version]),
    ).toEqual(incidents);
  });

  it("applies settings where they were made, also when it is killed before its next checkpoint", async () => {
    const guesses = (client: string, minute: number) =>
      Array.from({ length: 12 }, (_, i) =>
        JSON.stringify({
          timestamp: Date.UTC(2026, 2, 3, 0, minute, i),
          "service.name": "bank",
          "client.address": client,
          "http.request.method": "POST",
          "url.path": "/login",
          "http.response.status_code": 401,
        }),
      ).join("\n");
    const send = (client: string, minute: number) =>
      live.intake.accept({ source: "test", choice: VEDETTE, bytes: bytesOf(guesses(client, minute)) });
    const setting = { detector: "brute_force", thresholds: { burst: 9 }, updated: 1, updatedBy: "test" };
    const guessers = () =>
      live.watch.engine.verdicts
        .filter(({ detector, service }) => detector === "brute_force" && service === "bank")
        .map(({ entity, threshold, origin, id }) => [entity.value, threshold, origin, id]);
    await send("192.0.2.11", 10);
    await live.records.preferences.putDetector({ ...setting, enabled: true });
    await live.detection.apply();
    await send("192.0.2.12", 20);
    await live.records.preferences.putDetector({ ...setting, enabled: false });
    await live.detection.apply();
    await send("192.0.2.13", 30);
    await live.settle();
    const said = guessers();
    expect(said.map((one) => one.slice(0, 3))).toEqual([
      ["192.0.2.11", 5, "floor"],
      ["192.0.2.12", 9, "set"],
    ]);
    const exception = { id: "e-1", detector: "scanner", reason: "ours", author: "test", created: 1 };
    await live.records.preferences.addException(exception);
    await live.detection.apply();
    await live.close();
    // As after a kill that came before any checkpoint: the journal alone says what was set, and when.
    rmSync(join(folder, "data", "checkpoint"), { recursive: true });
    live = await open();
    expect(live.watch.expecting).toMatchObject([{ id: "e-1", detector: "scanner" }]);
    expect(guessers()).toEqual(said);
    expect(live.watch.engine.settings).toEqual({ brute_force: { enabled: false, thresholds: { burst: 9 } } });
  });
});
