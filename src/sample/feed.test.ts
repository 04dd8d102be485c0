import { describe, expect, it } from "vitest";
import { liveIntake } from "../../test/support/live-intake.ts";
import { createFeed } from "./feed.ts";
import { beginning, type SampleProgress } from "./progress.ts";
import { HISTORY_MS, sampleTraffic } from "./traffic.ts";

const NOW = Date.UTC(2026, 2, 3, 12, 1);
const PAST = beginning(NOW);

function take(from: number, count: number, seed = 7): string[] {
  const traffic = sampleTraffic({ seed, began: PAST.began }, from);
  return Array.from({ length: count }, () => (traffic.next().value as { line: string }).line);
}

describe("sample traffic", () => {
  it("is the same from the same seed, wherever it is taken up", () => {
    const all = take(PAST.began, 3_000);
    expect(take(PAST.began, 3_000)).toEqual(all);
    const later = Date.parse((JSON.parse(all[2_000] ?? "") as { timestamp: string }).timestamp);
    const from = all.findIndex((line) => Date.parse(JSON.parse(line).timestamp) >= later);
    expect(take(later, 500)).toEqual(all.slice(from, from + 500));
    expect(take(PAST.began, 10, 8)).not.toEqual(all.slice(0, 10));
  });

  it("goes on from one day to the next, in order of time", () => {
    const midnight = PAST.began + 86_400_000;
    const times = take(midnight - 60_000, 300).map((line) => Date.parse(JSON.parse(line).timestamp));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeLessThan(midnight);
    expect(times.at(-1)).toBeGreaterThan(midnight);
  });
});

describe("the feed", () => {
  it("sends the past, marked, then each moment once, and nothing of it again after a crash", async () => {
    const intake = liveIntake();
    let now = NOW;
    const noted: SampleProgress[] = [];
    const open = (progress: SampleProgress) =>
      createFeed({
        seed: 7,
        progress,
        intake,
        now: () => now,
        note: async (reached) => void noted.push(reached),
      });
    const feed = open(PAST);
    await feed.send();
    const past = intake.events.length;
    expect(past).toBeGreaterThan(5_000);
    expect(intake.events[0]?.timestamp).toBeLessThan(NOW - HISTORY_MS + 300_000);
    for (const event of intake.events) {
      expect(event["deployment.environment.name"]).toBe("sample");
      expect(event["service.name"]).toMatch(/^sample-[a-z]/);
    }
    expect(intake.batches.every(({ batch: { source, key } }) => source === "sample" && key)).toBe(true);
    now += 61_000;
    intake.refuse = 1;
    await expect(feed.send()).rejects.toMatchObject({ code: "JOURNAL_BUSY" });
    await feed.send();
    const lines = [...intake.lines];
    expect(lines.length).toBeGreaterThan(past);
    expect(new Set(lines).size).toBe(lines.length);
    feed.stop();

    const again = open(noted.at(-2) ?? PAST);
    await again.send();
    expect(intake.lines).toEqual(lines);
    now += 10_000;
    await again.send();
    expect(intake.lines.slice(0, lines.length)).toEqual(lines);
    expect(intake.lines).toEqual(take(PAST.began, intake.lines.length));
    expect(again.health).toMatchObject({ source: "sample", kind: "sample", state: "running" });
  });
});
