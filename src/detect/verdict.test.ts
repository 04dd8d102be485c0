import { expect, it } from "vitest";
import { feed, newEngine, prepare } from "../../test/support/engine.ts";
import { type ApiEvent, emptyEvent } from "../event.ts";
import { DETECTORS } from "./detectors.ts";
import { createVerdict } from "./verdict.ts";

const NOON = Date.UTC(2026, 2, 3, 12);

/** One client walks through the objects of two endpoints, all within one second of the log. */
function walks(count: number): ApiEvent[] {
  return Array.from({ length: count }, (_, i) => ({
    ...emptyEvent(),
    timestamp: NOON,
    "service.name": "shop",
    "client.address": "203.0.113.9",
    "http.request.method": "GET",
    "url.path": `/${i % 2 === 0 ? "orders" : "invoices"}/${100 + Math.floor(i / 2)}`,
    "http.response.status_code": 200,
  }));
}

it("of one actor at one second is another on another endpoint, and of another category", () => {
  const { verdicts } = feed(newEngine({}), prepare(walks(8_000)));
  const walked = verdicts.filter(({ detector }) => detector === "enumeration");
  expect(walked.map(({ endpoint }) => endpoint).sort()).toEqual(["GET /invoices/{int}", "GET /orders/{int}"]);
  const rates = verdicts.filter(({ detector }) => detector === "rate_abuse");
  expect(rates.map(({ category }) => category).sort()).toEqual(["denial_of_service", "rate_abuse"]);
  expect(new Set(verdicts.map(({ detectedAt }) => detectedAt))).toEqual(new Set([NOON]));
  expect(new Set(verdicts.map(({ id }) => id)).size).toBe(verdicts.length);
});

it("past another line is another, at the same moment and place", () => {
  const [descriptor] = DETECTORS.map((detector) => detector.descriptor);
  const entity = { type: "client.address", value: "203.0.113.9" } as const;
  const opened = ["ten_minutes", "day", "day"].map((line) =>
    createVerdict(
      descriptor,
      {
        severity: "low",
        confidence: 1,
        outcome: "unknown",
        entity,
        observed: 2,
        threshold: 1,
        line,
        unit: "objects",
      },
      {
        at: NOON,
        now: NOON,
        service: "shop",
        endpoint: "GET /orders/{int}",
        via: undefined,
        floor: 1,
        origin: "floor",
      },
    ),
  );
  const [first, second, again] = opened.map(({ id }) => id);
  expect(second).not.toBe(first);
  expect(again).toBe(second);
});
