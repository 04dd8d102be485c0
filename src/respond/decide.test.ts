import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { routeOf } from "../../test/support/alert-route.ts";
import { CATEGORIES, OUTCOMES, SEVERITIES } from "../event.ts";
import { INCIDENT_STATES } from "../store/records/incident-state.ts";
import type { Notified } from "../store/records/notices.ts";
import { type Decision, decide, type Past, type Standing } from "./decide.ts";
import { isQuiet } from "./quiet-hours.ts";
import { type AlertRoute, alertSettings } from "./settings.ts";

const NOW = Date.UTC(2026, 2, 3, 12);
const HOUR = 3_600_000;
const nothing: Past = { notified: undefined, waiting: undefined, absorbed: false };
const told = (change: Partial<Notified> = {}): Past => ({
  notified: { severity: "high", outcome: "attempted", at: NOW - HOUR, reminders: 0, ...change },
  waiting: undefined,
  absorbed: false,
});
const incident = (change: Partial<Standing> = {}): Standing => ({
  severity: "high",
  outcome: "attempted",
  categories: ["brute_force"],
  services: ["shop"],
  state: "open",
  reopened: false,
  ...change,
});

describe("what is worth a notice", () => {
  it.each<[string, Past, Partial<Standing>, Partial<Parameters<typeof routeOf>[0]>, string | undefined]>([
    ["a new incident", nothing, {}, {}, "new"],
    ["nothing but more events", told(), {}, {}, undefined],
    ["an incident that takes in one the route knows", { ...nothing, absorbed: true }, {}, {}, "merged"],
    ["one it knows that takes in another it knows", { ...told(), absorbed: true }, {}, {}, "merged"],
    [
      "a graver one that takes in another",
      { ...told(), absorbed: true },
      { severity: "critical" },
      {},
      "severity",
    ],
    [
      "a merge below what the route is told",
      { ...nothing, absorbed: true },
      { severity: "info" },
      {},
      undefined,
    ],
    ["a higher severity", told(), { severity: "critical" }, {}, "severity"],
    ["a lower severity", told(), { severity: "medium" }, {}, undefined],
    ["a success", told(), { outcome: "probably_succeeded" }, {}, "outcome"],
    ["a failure known for one", told({ outcome: "unknown" }), { outcome: "attempted" }, {}, undefined],
    ["a success taken back", told({ outcome: "succeeded" }), { outcome: "attempted" }, {}, undefined],
    ["one that goes on after it was resolved", told(), { reopened: true }, {}, "reopened"],
    ["a false positive", nothing, { state: "false_positive" }, {}, undefined],
    ["one below the least severity", nothing, { severity: "low" }, {}, undefined],
    ["another category", nothing, {}, { categories: ["scraping"] }, undefined],
    ["one of the categories", nothing, {}, { categories: ["scraping", "brute_force"] }, "new"],
    ["another service", nothing, {}, { services: ["api"] }, undefined],
    ["another outcome", nothing, {}, { outcomes: ["succeeded"] }, undefined],
    ["long silence", told(), {}, { remind_hours: 1 }, "reminder"],
    ["short silence", told(), {}, { remind_hours: 1.5 }, undefined],
    [
      "long silence about one that somebody has taken",
      told(),
      { state: "acknowledged" },
      { remind_hours: 1 },
      undefined,
    ],
    ["long silence after the last reminder", told({ reminders: 3 }), {}, { remind_hours: 1 }, undefined],
  ])("%s", (_name, past, change, route, reason) => {
    expect(decide(routeOf(route), past, incident(change), NOW)?.reason).toBe(reason);
  });

  it("groups changes: what waits keeps its time and its weightier reason", () => {
    const route = routeOf({ group_seconds: 60 });
    const first = decide(route, nothing, incident({ severity: "medium" }), NOW);
    expect(first).toMatchObject({ reason: "new", due: NOW + 60_000 });
    const second = decide(route, pastAfter(first), incident({ severity: "critical" }), NOW + 50_000);
    expect(second).toMatchObject({ reason: "new", due: NOW + 60_000, notified: { severity: "critical" } });
    expect(decide(route, pastAfter(second), incident({ severity: "critical" }), NOW + 55_000)).toEqual({
      ...second,
    });
  });

  it("waits for the end of quiet hours, unless it is critical", () => {
    const quiet_hours = [{ from: "12:00", to: "13:00" }];
    const route = routeOf({ group_seconds: 60, quiet_hours });
    const held = decide(route, nothing, incident(), NOW);
    expect(held?.due).toBe(NOW + HOUR);
    const pressing = decide(route, pastAfter(held), incident({ severity: "critical" }), NOW + 1_000);
    expect(pressing).toMatchObject({ reason: "new", due: NOW + 61_000 });
    const never = routeOf({ quiet_hours, quiet_except: "never" });
    expect(decide(never, nothing, incident({ severity: "critical" }), NOW)?.due).toBe(NOW + HOUR);
  });
});

const standings: fc.Arbitrary<Standing> = fc.record({
  severity: fc.constantFrom(...SEVERITIES),
  outcome: fc.constantFrom(...OUTCOMES),
  categories: fc.uniqueArray(fc.constantFrom(...CATEGORIES), { minLength: 1, maxLength: 3 }),
  services: fc.uniqueArray(fc.constantFrom("shop", "api"), { maxLength: 2 }),
  state: fc.constantFrom(...INCIDENT_STATES),
  reopened: fc.boolean(),
});
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
const routes: fc.Arbitrary<AlertRoute> = fc
  .record(
    {
      least_severity: fc.constantFrom("low", "medium", "high", "critical"),
      group_seconds: fc.integer({ min: 0, max: 3_600 }),
      remind_hours: fc.constantFrom(0, 1, 24),
      most_reminders: fc.integer({ min: 1, max: 3 }),
      quiet_hours: fc.array(fc.record({ from: clock, to: clock }), { maxLength: 2 }),
      time_zone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"),
      quiet_except: fc.constantFrom("critical", "high", "never"),
    },
    { requiredKeys: [] },
  )
  .filter((change) => alertSettings.safeParse(asSettings(change)).success)
  .map(routeOf);
const asSettings = (change: object) => ({
  routes: [{ name: "ops", sink: { kind: "slack", url: "https://chat.example.com" }, ...change }],
});
const lives = fc.array(
  fc.record({ standing: standings, after: fc.integer({ min: 0, max: 6 * HOUR }), sent: fc.boolean() }),
  { maxLength: 30 },
);

describe("the life of any incident", () => {
  /** Plays changes against a route as the outbox would. */
  function play(route: AlertRoute, life: readonly { standing: Standing; after: number; sent: boolean }[]) {
    let now = NOW;
    let past = nothing;
    return life.map(({ standing, after: pause, sent }) => {
      now += pause;
      if (sent) past = { ...past, waiting: undefined };
      const before = past;
      const decision = decide(route, before, standing, now);
      past = pastAfter(decision, before);
      return { before, decision, standing, now };
    });
  }

  it("tells no level of severity and no success twice, and nothing that does not concern the route", () => {
    fc.assert(
      fc.property(routes, lives, (route, life) => {
        for (const { before, decision, standing, now } of play(route, life)) {
          if (decision === undefined || decision.notified === before.notified) continue;
          expect(SEVERITIES.indexOf(standing.severity)).toBeGreaterThanOrEqual(
            SEVERITIES.indexOf(route.least_severity),
          );
          expect(standing.state).not.toBe("false_positive");
          if (before.notified === undefined || standing.reopened) continue;
          const rise =
            SEVERITIES.indexOf(standing.severity) > SEVERITIES.indexOf(before.notified.severity) ||
            OUTCOMES.indexOf(standing.outcome) > OUTCOMES.indexOf(before.notified.outcome);
          const silence = now - before.notified.at >= route.remind_hours * HOUR && route.remind_hours > 0;
          expect(rise || silence).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("never puts a waiting notice off, and never sends into quiet hours what may wait", () => {
    fc.assert(
      fc.property(routes, lives, (route, life) => {
        for (const { before, decision, standing, now } of play(route, life)) {
          if (before.waiting !== undefined) {
            expect(decision?.due ?? Number.NEGATIVE_INFINITY).toBeLessThanOrEqual(before.waiting.due);
          }
          if (decision === undefined || before.waiting !== undefined) continue;
          expect(decision.due).toBeGreaterThanOrEqual(now + route.group_seconds * 1000);
          const passes =
            route.quiet_except !== "never" &&
            SEVERITIES.indexOf(standing.severity) >= SEVERITIES.indexOf(route.quiet_except);
          if (passes) expect(decision.due).toBe(now + route.group_seconds * 1000);
          else expect(isQuiet(route, decision.due)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function pastAfter(decision: Decision | undefined, before: Past = nothing): Past {
  if (decision === undefined) return before;
  const { notified, ...waiting } = decision;
  return { notified, waiting, absorbed: false };
}
