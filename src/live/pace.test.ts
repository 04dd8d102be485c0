import { describe, expect, it } from "vitest";
import { createPace } from "./pace.ts";

describe("the pace", () => {
  it("tells the rate and the waits of the last minute, and forgets older ones", () => {
    let now = 0;
    const pace = createPace(() => now);
    expect(pace.eventsPerSecond).toBe(0);
    expect(pace.acknowledgedIn(0.5)).toBeNaN();
    for (let i = 0; i < 100; i++) {
      now += 200;
      pace.note(10, i < 90 ? 5 : 400);
    }
    expect(pace.eventsPerSecond).toBe(50);
    expect(pace.acknowledgedIn(0.5)).toBeGreaterThanOrEqual(5);
    expect(pace.acknowledgedIn(0.5)).toBeLessThan(5.6);
    expect(pace.acknowledgedIn(0.99)).toBeGreaterThanOrEqual(400);
    expect(pace.acknowledgedIn(0.99)).toBeLessThan(448);
    now += 20_000;
    expect(pace.eventsPerSecond).toBe(25);
    now += 60_000;
    expect(pace.eventsPerSecond).toBe(0);
    expect(pace.acknowledgedIn(0.5)).toBeNaN();
  });

  it("has a step for any wait", () => {
    const pace = createPace(() => 0);
    pace.note(1, 0);
    expect(pace.acknowledgedIn(1)).toBe(0.1);
    pace.note(1, 1e9);
    expect(pace.acknowledgedIn(1)).toBeGreaterThan(60_000);
  });
});
