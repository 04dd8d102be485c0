import { expect, it } from "vitest";
import { feed, newEngine, prepare } from "../../test/support/engine.ts";
import { type ApiEvent, emptyEvent } from "../event.ts";

const NOON = Date.UTC(2026, 2, 3, 12);

/** One client walks through the objects of two endpoints, in a log of whole seconds. */
function walks(): ApiEvent[] {
  return Array.from({ length: 400 }, (_, i) => ({
    ...emptyEvent(),
    timestamp: NOON + Math.floor(i / 100) * 1000,
    "service.name": "shop",
    "client.address": "203.0.113.9",
    "http.request.method": "GET",
    "url.path": `/${i % 2 === 0 ? "orders" : "invoices"}/${100 + Math.floor(i / 2)}`,
    "http.response.status_code": 200,
  }));
}

it("of one actor at one second is another on another endpoint", () => {
  const { verdicts } = feed(newEngine({}), prepare(walks()));
  const found = verdicts.filter(({ detector }) => detector === "enumeration");
  expect(found.map(({ endpoint }) => endpoint).sort()).toEqual(["GET /invoices/{int}", "GET /orders/{int}"]);
  expect(new Set(found.map(({ detectedAt }) => detectedAt)).size).toBe(1);
  expect(new Set(found.map(({ id }) => id)).size).toBe(2);
});
