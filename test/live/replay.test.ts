/** History that live traffic left in the store, judged again: the same verdicts, and what others would have been. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FormatChoice } from "../../src/capture/format.ts";
import type { Correlation } from "../../src/correlate/incidents.ts";
import type { DetectionSettings } from "../../src/correlate/settings.ts";
import { DIST_FOLDER } from "../../src/dist-folder.ts";
import { type Live, openLive } from "../../src/live/live.ts";
import { openNetworks } from "../../src/normalize/networks.ts";
import { compare } from "../../src/replay/compare.ts";
import { type ReplayOptions, replay } from "../../src/replay/replay.ts";
import { scan } from "../../src/scan/scan.ts";
import { run } from "../../src/simulate/run.ts";

const VEDETTE: FormatChoice = {
  format: "vedette",
  envelope: "none",
  options: { zoneMinutes: 0, newest: Date.UTC(2026, 2, 4) },
  records: "lines",
  fallbacks: [],
};
const ATTACKS = "brute_force,injection_sqli,enumeration_ids,password_spraying,scanner_tool,probing,scraping";
const PUBLISHED: DetectionSettings = { detectors: {}, exceptions: [] };

const NOTHING: Correlation = { incidents: [], detections: [] };

const folder = mkdtempSync(join(tmpdir(), "vedette-replay-"));
const log = join(folder, "sample.ndjson");
let live: Live;
let options: ReplayOptions;

beforeAll(async () => {
  live = await openLive({
    folder: join(folder, "data"),
    threads: 1,
    trustedProxies: ["private"],
    service: "default",
    retention: { events: 30, minutes: 395 },
    budgetBytes: 1e12,
    now: () => Date.UTC(2026, 2, 3),
    log: () => {},
  });
  await run({
    format: "vedette",
    out: log,
    logUsers: true,
    seed: 7,
    events: 12_000,
    days: 1,
    attacks: ATTACKS,
  });
  const lines = readFileSync(log, "utf8").split("\n");
  // Batches of many sizes, one of them larger than a page of history.
  for (let from = 0, size = 6_000; from < lines.length; from += size, size = 50 + ((size * 7) % 1_900)) {
    const bytes = new Uint8Array(Buffer.from(lines.slice(from, from + size).join("\n")));
    await live.intake.accept({ source: "test", choice: VEDETTE, bytes });
  }
  await live.settle();
  options = {
    since: 0,
    until: Date.UTC(2100, 0, 1),
    learn: 0,
    services: "all",
    read: (query) => live.store.query(query),
    networks: openNetworks({ folder: join(DIST_FOLDER, "geo") }),
  };
}, 120_000);
afterAll(async () => {
  await live.close();
  rmSync(folder, { recursive: true });
});

/** Everything but where a sample stands: a line of the file, or an event of the store. */
function bare({ incidents, detections }: Pick<Correlation, "incidents" | "detections">) {
  const requests = detections.map(({ samples, ...detection }) => ({
    ...detection,
    samples: samples.map(({ timestamp, request, status, findings }) => ({
      timestamp,
      request,
      status,
      findings,
    })),
  }));
  // What was on record went through JSON, which knows no negative zero.
  const written = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
  const byId = <T extends { id: string }>(a: T, b: T) => (a.id < b.id ? -1 : 1);
  return written({ incidents: incidents.toSorted(byId), detections: requests.toSorted(byId) });
}

async function only(settings = PUBLISHED, change: Partial<ReplayOptions> = {}): Promise<Correlation> {
  const { told } = await replay({ ...options, ...change }, [settings]);
  return told[0] ?? NOTHING;
}

describe("a replay", () => {
  it("tells what the scan of the same log tells, to the last number", async () => {
    const scanned = await scan({
      names: [log],
      format: "auto",
      mapping: {},
      service: "default",
      trustedProxies: ["private"],
      zoneMinutes: 0,
      threads: 0,
      now: Date.UTC(2026, 2, 4),
    });
    const replayed = await only();
    expect(replayed.incidents.length).toBeGreaterThan(5);
    expect(bare(replayed)).toEqual(bare(scanned));
  });

  it("tells the incidents that were told live", async () => {
    // Those that went into others are on record too.
    const cases = (await live.records.cases.list({ limit: 1000 })).filter(
      ({ mergedInto }) => mergedInto === undefined,
    );
    const detections = await Promise.all(
      cases.map(({ incident }) => live.records.cases.detections(incident.id)),
    );
    const told = { incidents: cases.map(({ incident }) => incident), detections: detections.flat() };
    const replayed = await only();
    const held = new Set(replayed.incidents.flatMap((incident) => incident.detections));
    const inIncidents = replayed.detections.filter(({ id }) => held.has(id));
    expect(bare(told)).toEqual(bare({ ...replayed, detections: inIncidents }));
  });

  it("is of the time and the services that are asked for, and learns from what was before", async () => {
    const whole = await only();
    const since = Date.UTC(2026, 2, 2, 12);
    const late = await only(PUBLISHED, { since, learn: 86_400_000 });
    const ids = ({ detections }: Correlation) => detections.map(({ id }) => id).sort();
    const goingOn = whole.detections.filter(({ last_seen }) => Date.parse(last_seen) >= since);
    expect(goingOn.length).toBeLessThan(whole.detections.length);
    expect(ids(late)).toEqual(ids({ ...whole, detections: goingOn }));
    const none = await replay({ ...options, services: [] }, [PUBLISHED]);
    expect(none).toMatchObject({ events: 0, complete: true, told: [{ incidents: [], detections: [] }] });
    const one = await only(PUBLISHED, { services: ["storefront"] });
    expect(new Set(one.detections.map(({ target }) => target?.service))).toEqual(new Set(["storefront"]));
    expect((await replay({ ...options, sample: true }, [PUBLISHED])).events).toBe(0);
  });

  it("stops where it is told to, and says how far it came", async () => {
    const bounds = { events: 1, milliseconds: 60_000 };
    const { events, complete, until } = await replay({ ...options, bounds }, [PUBLISHED]);
    expect(events).toBeGreaterThan(1);
    expect(events).toBeLessThanOrEqual(4_000);
    expect(complete).toBe(false);
    expect(until).toBeLessThan(Date.UTC(2026, 2, 3));
  });

  it("ends when nobody waits for it", async () => {
    const left = new AbortController();
    const reason = new Error("gone");
    const read: ReplayOptions["read"] = async (query) => {
      const answer = await options.read(query);
      left.abort(reason);
      return answer;
    };
    await expect(replay({ ...options, read, signal: left.signal }, [PUBLISHED])).rejects.toBe(reason);
  });
});

describe("a backtest", () => {
  const against = async (proposed: DetectionSettings) => {
    const { told } = await replay(options, [PUBLISHED, proposed]);
    return compare(told[0] ?? NOTHING, told[1] ?? NOTHING);
  };

  it("tells nothing of settings that change nothing", async () => {
    const { present, proposed, appeared, vanished } = await against({ detectors: {}, exceptions: [] });
    expect(present.incidents).toBeGreaterThan(3);
    expect(proposed).toEqual(present);
    expect([appeared.detections, vanished.detections]).toEqual([0, 0]);
    expect(present.days.reduce((sum, { incidents }) => sum + incidents, 0)).toBe(present.incidents);
  });

  it("says what a higher threshold would not tell any more, and what a lower one would tell", async () => {
    const before = (await only()).detections.filter(
      ({ detector, severity }) => detector === "enumeration" && severity !== "info",
    );
    expect(before.length).toBeGreaterThan(0);
    const thresholds = { ten_minutes: 100_000, day: 100_000, names: 10_000 };
    const higher = await against({
      detectors: { enumeration: { enabled: true, thresholds } },
      exceptions: [],
    });
    expect(higher.vanished.examples.detections.map(({ id }) => id).sort()).toEqual(
      before.map(({ id }) => id).sort(),
    );
    expect(higher.appeared.detections).toBe(0);
    expect(higher.proposed.detections).toBe(higher.present.detections - before.length);
    const low = { ten_minutes: 5, day: 5 };
    const lower = await against({
      detectors: { enumeration: { enabled: true, thresholds: low } },
      exceptions: [],
    });
    expect(lower.vanished.detections).toBe(0);
    expect(lower.appeared.detections).toBeGreaterThan(0);
    for (const { detector, threshold_origin } of lower.appeared.examples.detections)
      expect([detector, threshold_origin]).not.toEqual(["enumeration", "floor"]);
  });

  it("says which incidents an exception would hide", async () => {
    const { incidents } = await only();
    const guessed = incidents.filter(({ categories }) => categories.join() === "brute_force");
    expect(guessed.length).toBeGreaterThan(0);
    const exception = { id: "e1", category: "brute_force" as const, reason: "a test of the login" };
    const { appeared, vanished } = await against({ detectors: {}, exceptions: [exception] });
    expect(vanished.examples.incidents.map(({ id }) => id)).toEqual(
      expect.arrayContaining(guessed.slice(0, 5).map(({ id }) => id)),
    );
    expect(appeared.detections).toBe(0);
  });
});
