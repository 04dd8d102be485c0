import { beforeAll, describe, expect, it } from "vitest";
import type { Label } from "../labels.ts";
import { simulate } from "../simulate.ts";

const EVENTS = 120_000;
const DAYS = 2;
const START = Date.parse("2026-03-02T00:00:00Z");

interface Client {
  requests: number;
  refused: number;
  busiestMinute: number;
  agents: Set<string>;
  users: Set<string>;
}

/** One run, counted in all the ways that the tests below look at it. */
class Counts {
  total = 0;
  readonly byClass = new Map<number, number>();
  readonly byStatus = new Map<number, number>();
  readonly byHour = new Array<number>(24 * DAYS).fill(0);
  readonly byService = new Map<string, number>();
  readonly clients = new Map<string, Client>();
  readonly agents = new Set<string>();
  readonly queries = new Set<string>();
  labels: readonly Label[] = [];
}

const counts = new Counts();

beforeAll(() => {
  const run = simulate({ events: EVENTS, days: DAYS, attacks: "none", detail: "line", seed: 11 });
  let minute = 0;
  let thisMinute = new Map<string, number>();
  for (const { event, label } of run.requests()) {
    counts.total++;
    const status = event["http.response.status_code"] ?? 0;
    bump(counts.byClass, Math.floor(status / 100));
    bump(counts.byStatus, status);
    bump(counts.byService, event["service.name"] ?? "");
    counts.byHour[Math.floor((event.timestamp - START) / 3_600_000)]++;
    counts.agents.add(event["user_agent.original"] ?? "");
    if (event["url.path"] === "/v1/search") counts.queries.add(event["url.query"] ?? "");
    if (label !== "") continue;
    const now = Math.floor(event.timestamp / 60_000);
    if (now !== minute) thisMinute = new Map();
    minute = now;
    const address = event["client.address"] ?? "";
    const client = clientOf(address);
    client.requests++;
    if (status === 401 || status === 403 || status === 404) client.refused++;
    client.agents.add(event["user_agent.original"] ?? "");
    if (event["user.id"] !== undefined) client.users.add(event["user.id"]);
    client.busiestMinute = Math.max(client.busiestMinute, bump(thisMinute, address));
  }
  counts.labels = run.labels();
});

function bump<K>(map: Map<K, number>, key: K): number {
  const value = (map.get(key) ?? 0) + 1;
  map.set(key, value);
  return value;
}

function clientOf(address: string): Client {
  const known = counts.clients.get(address);
  if (known !== undefined) return known;
  const client = {
    requests: 0,
    refused: 0,
    busiestMinute: 0,
    agents: new Set<string>(),
    users: new Set<string>(),
  };
  counts.clients.set(address, client);
  return client;
}

const share = (map: ReadonlyMap<number, number>, key: number) => (map.get(key) ?? 0) / counts.total;

describe("ordinary traffic", () => {
  it("is answered as a shop in good order answers", () => {
    expect(share(counts.byClass, 2)).toBeGreaterThan(0.86);
    expect(share(counts.byClass, 2)).toBeLessThan(0.95);
    expect(share(counts.byClass, 3)).toBeGreaterThan(0.04);
    expect(share(counts.byClass, 3)).toBeLessThan(0.11);
    expect(share(counts.byClass, 4)).toBeGreaterThan(0.01);
    expect(share(counts.byClass, 4)).toBeLessThan(0.04);
    expect(share(counts.byClass, 5)).toBeGreaterThan(0.0001);
    expect(share(counts.byClass, 5)).toBeLessThan(0.002);
    for (const status of [201, 204, 301, 304, 400, 401, 402, 403, 404, 409, 422, 500]) {
      expect(counts.byStatus.get(status), String(status)).toBeGreaterThan(0);
    }
  });

  it("reaches every host of the shop, its API most", () => {
    const services = ["storefront", "shop-api", "auth", "mobile-bff", "images", "backoffice", "partner-api"];
    for (const service of services)
      expect((counts.byService.get(service) ?? 0) / counts.total).toBeGreaterThan(0.008);
    expect((counts.byService.get("shop-api") ?? 0) / counts.total).toBeGreaterThan(0.2);
  });

  it("sleeps at night and peaks in the evening", () => {
    for (let day = 0; day < DAYS; day++) {
      const hours = counts.byHour.slice(24 * day, 24 * (day + 1));
      const night = hours[3] + hours[4];
      const evening = hours[18] + hours[19];
      expect(evening / night).toBeGreaterThan(1.8);
      expect(evening / night).toBeLessThan(9);
    }
  });

  it("has no client that asks faster than people and the shop's partners do", () => {
    for (const [address, client] of counts.clients) expect(client.busiestMinute, address).toBeLessThan(130);
  });

  it("has addresses that many people share, and many that one person has", () => {
    const users = [...counts.clients.values()].map((client) => client.users.size).sort((a, b) => b - a);
    expect(users[0]).toBeGreaterThan(8);
    expect(users.filter((n) => n > 2).length).toBeGreaterThan(20);
    expect(users.filter((n) => n === 1).length).toBeGreaterThan(400);
  });

  it("has clients whose many refusals mean nothing", () => {
    const worst = [...counts.clients.values()].sort((a, b) => b.refused - a.refused)[0];
    expect(worst.refused).toBeGreaterThan(30);
  });

  it("is made by several hundred kinds of program", () => {
    expect(counts.agents.size).toBeGreaterThan(300);
  });

  it("has searches that look like attacks and are not", () => {
    const odd = [...counts.queries].filter((query) =>
      /%27|%3C|%22|%7C|%7B|drop|union|select|insert|delete|sleep/i.test(query),
    );
    expect(odd.length).toBeGreaterThan(3);
  });

  it("names the days that look alarming", () => {
    const names = counts.labels.map((label) =>
      "benign" in label ? label.benign.replace(/-\d+$/, "") : "attack",
    );
    for (const name of [
      "office_rush",
      "marketing_spike",
      "token_storm",
      "deploy_errors",
      "password_manager",
      "traveller",
      "staff_export",
    ]) {
      expect(names).toContain(name);
    }
    expect(names).not.toContain("attack");
  });

  it("triples when a newsletter goes out", () => {
    const spike = counts.labels.find((label) => "benign" in label && label.benign === "marketing_spike-1");
    expect(spike?.events).toBeGreaterThan(500);
    expect(spike?.sources.length).toBeGreaterThan(15);
  });
});
