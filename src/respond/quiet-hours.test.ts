import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOfQuiet, isQuiet } from "./quiet-hours.ts";
import type { QuietHours } from "./settings.ts";

const ALL: QuietHours["days"] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const nights = (time_zone: string, days = ALL) => ({
  quiet_hours: [{ days, from: "22:00", to: "07:00" }],
  time_zone,
});
const at = (text: string) => Date.parse(text);
const end = (quiet: Parameters<typeof endOfQuiet>[0], from: string) =>
  new Date(endOfQuiet(quiet, at(from)) ?? Number.NaN).toISOString();

describe("quiet hours", () => {
  it("go by the clock of their time zone", () => {
    expect(end(nights("Europe/Berlin"), "2026-01-10T20:59:59Z")).toBe("2026-01-10T20:59:59.000Z");
    expect(end(nights("Europe/Berlin"), "2026-01-10T21:00:00Z")).toBe("2026-01-11T06:00:00.000Z");
    expect(end(nights("Asia/Kolkata"), "2026-01-10T20:59:59Z")).toBe("2026-01-11T01:30:00.000Z");
  });

  it("end by the clock on the wall when summer time begins or ends in them", () => {
    expect(end(nights("Europe/Berlin"), "2026-03-28T22:00:00Z")).toBe("2026-03-29T05:00:00.000Z");
    expect(end(nights("Europe/Berlin"), "2026-10-24T22:00:00Z")).toBe("2026-10-25T06:00:00.000Z");
    const gap = { quiet_hours: [{ days: ALL, from: "01:00", to: "02:30" }], time_zone: "Europe/Berlin" };
    expect(end(gap, "2026-03-29T00:10:00Z")).toBe("2026-03-29T01:00:00.000Z");
  });

  it("belong to the day on which they begin", () => {
    const friday = nights("UTC", ["fri"]);
    expect(isQuiet(friday, at("2026-01-09T23:00:00Z"))).toBe(true);
    expect(isQuiet(friday, at("2026-01-10T06:59:00Z"))).toBe(true);
    expect(isQuiet(friday, at("2026-01-10T23:00:00Z"))).toBe(false);
    expect(isQuiet(friday, at("2026-01-09T06:00:00Z"))).toBe(false);
  });

  it("may follow each other, and must leave some time", () => {
    const days = (...names: QuietHours["days"]) => ({ days: names, from: "00:00", to: "00:00" });
    const weekend = { quiet_hours: [days("sat", "sun")], time_zone: "UTC" };
    expect(end(weekend, "2026-01-10T00:00:00Z")).toBe("2026-01-12T00:00:00.000Z");
    expect(endOfQuiet({ quiet_hours: [days(...ALL)], time_zone: "UTC" }, 0)).toBe(undefined);
  });

  it("end at the first minute that is not quiet, wherever and whenever", () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const clock = minute.map((m) => new Date(m * 60_000).toISOString().slice(11, 16));
    const hours = fc.record({
      days: fc.uniqueArray(fc.constantFrom(...ALL), { minLength: 1, maxLength: 3 }),
      from: clock,
      to: clock,
    });
    const zone = fc.constantFrom(
      "UTC",
      "Europe/Berlin",
      "America/St_Johns",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
    );
    const time = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2027, 0) });
    fc.assert(
      fc.property(fc.array(hours, { maxLength: 3 }), zone, time, (quiet_hours, time_zone, from) => {
        const quiet = { quiet_hours, time_zone };
        const until = endOfQuiet(quiet, from);
        if (until === undefined) return false;
        for (let now = from; now < until; now = Math.min(until, now + 7 * 60_000))
          if (!isQuiet(quiet, now)) return false;
        return !isQuiet(quiet, until) && (until === from || isQuiet(quiet, until - 1));
      }),
      { numRuns: 200 },
    );
  });
});
