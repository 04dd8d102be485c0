/** Delivery with real records and a real receiver; only the clock and the dice are ours. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SECRET, settingsOf } from "../../test/support/alert-route.ts";
import { openReceiver, type Receiver } from "../../test/support/receiver.ts";
import { incidentOf } from "../../test/support/records-suite.ts";
import { openRecords, type Records } from "../store/records/open.ts";
import { type AlertDuty, type Alerts, openAlerts } from "./alerts.ts";
import { backoff } from "./backoff.ts";

const START = Date.UTC(2026, 2, 3);
let now = START;
let folder: string;
let records: Records;
let receiver: Receiver;
let alerts: Alerts | undefined;
let told: string[];

beforeEach(async () => {
  now = START;
  told = [];
  folder = mkdtempSync(join(tmpdir(), "vedette-deliver-"));
  records = await openRecords({ file: join(folder, "records.db") });
  receiver = await openReceiver();
});
afterEach(async () => {
  alerts?.close();
  await receiver.close();
  await records.close();
  rmSync(folder, { recursive: true });
});

async function open(settings: object = {}, route: object = {}): Promise<() => Promise<void>> {
  const sink = { kind: "webhook", url: receiver.url, secret: SECRET };
  const opened = openAlerts({
    settings: settingsOf({
      allow_hosts: ["127.0.0.1"],
      routes: [{ name: "ops", sink, group_seconds: 0, ...route }],
      ...settings,
    }),
    consoleUrl: "https://vedette.example.com",
    now: () => now,
    random: () => 1,
    log: (_level, message) => told.push(message),
  });
  alerts = opened;
  const duties = await opened.duties(records.outbox);
  return async () => {
    for (const duty of duties as AlertDuty[]) await duty.run();
  };
}
async function put(id: string, change: Parameters<typeof incidentOf>[2] = {}): Promise<void> {
  if (alerts === undefined) throw new Error("open first");
  await records.cases.put(incidentOf(id, 0, change), [], alerts.announce, now);
}
const bodies = () => receiver.received.map(({ body }) => JSON.parse(body));
const reasons = () => bodies().map(({ incident, reason }) => `${incident.id} ${reason} ${incident.severity}`);

describe("delivery", () => {
  it("holds back what is over the most of an hour, through a restart, and says so", async () => {
    let run = await open({}, { most_per_hour: 3 });
    for (const id of ["i-1", "i-2", "i-3", "i-4", "i-5"]) {
      await put(id);
      now += 60_000;
    }
    await run();
    await run();
    expect(bodies().map(({ incident }) => incident.id)).toEqual(["i-1", "i-2", "i-3"]);
    expect(told.filter((message) => message.startsWith("alerts wait"))).toHaveLength(1);
    expect(await records.outbox.counts("ops")).toEqual({ waiting: 2, sent: 3, dead: 0 });
    // What waits tells the newest state; what was closed meanwhile is not told.
    await put("i-4", { events: 99, severity: "critical" });
    await records.cases.change("i-5", { state: "resolved" }, now);
    alerts?.close();
    run = await open({}, { most_per_hour: 3 });
    await put("i-6");
    now += 1_800_000;
    await run();
    expect(receiver.received).toHaveLength(3);
    now += 1_800_000;
    await run();
    expect(bodies().map(({ incident }) => `${incident.id} ${incident.events}`)).toEqual([
      "i-1 5",
      "i-2 5",
      "i-3 5",
      "i-4 99",
      "i-6 5",
    ]);
  });

  it("sends each change that is worth it once, and nothing that is not", async () => {
    const run = await open();
    await put("i-1");
    await run();
    await put("i-1", { events: 50 });
    await run();
    await put("i-1", { events: 60, severity: "critical" });
    await put("i-2", { severity: "low" });
    await run();
    await run();
    expect(reasons()).toEqual(["i-1 new medium", "i-1 severity critical"]);
    expect(bodies()[1].incident).toMatchObject({ version: 3, events: 60 });
    expect(bodies()[0].url).toBe("https://vedette.example.com/incidents/i-1");
    expect(await records.outbox.counts()).toEqual({ waiting: 0, sent: 2, dead: 0 });
  });

  it("makes one notice, with the newest state, of what changes within the window", async () => {
    const run = await open({}, { group_seconds: 60 });
    await put("i-1");
    now += 30_000;
    await put("i-1", { severity: "high", events: 9 });
    await run();
    now += 29_999;
    await run();
    expect(receiver.received).toEqual([]);
    await put("i-1", { severity: "high", events: 10 });
    now += 1;
    await run();
    expect(reasons()).toEqual(["i-1 new high"]);
    expect(bodies()[0].incident.events).toBe(10);
  });

  it("tries again later and later, under the same id and in the same words", async () => {
    const run = await open();
    receiver.answer = { status: 503 };
    await put("i-1");
    for (const wait of [0, 4_999, 1, 9_999, 1]) {
      now += wait;
      await run();
    }
    expect(receiver.received.length).toBe(3);
    expect(new Set(receiver.received.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    receiver.answer = { status: 200 };
    now += 20_000;
    await run();
    now += 1e7;
    await run();
    expect(receiver.received.length).toBe(4);
    expect((await alerts?.metrics())?.routes).toEqual([
      { route: "ops", sink: "webhook", sent: 1, failed: 3, givenUp: 0, waiting: 0, dead: 0 },
    ]);
    expect(told).toEqual(["an alert could not be sent; it is tried again"]);
  });

  it("leaves the receiver in peace for as long as it asks", async () => {
    const run = await open();
    receiver.answer = { status: 429, headers: { "retry-after": "120" } };
    await put("i-1");
    now += 1;
    await put("i-2");
    await run();
    expect(receiver.received.length).toBe(1);
    receiver.answer = { status: 200 };
    now += 119_999;
    await run();
    expect(receiver.received.length).toBe(1);
    now += 1;
    await run();
    expect(reasons().sort()).toEqual(["i-1 new medium", "i-1 new medium", "i-2 new medium"]);
  });

  it("gives up in the end, keeps the reason, and tries again when a person says so", async () => {
    const run = await open({ most_attempts: 3 });
    receiver.answer = { status: 500 };
    await put("i-1");
    for (let i = 0; i < 9; i++) {
      await run();
      now += 3_600_000;
    }
    expect(receiver.received.length).toBe(3);
    const [dead] = await records.outbox.dead(9);
    expect(dead).toMatchObject({ incidentId: "i-1", attempts: 3, error: "127.0.0.1 answered 500" });
    expect(told.at(-1)).toBe("an alert was given up");
    receiver.answer = { status: 200 };
    await records.outbox.revive(dead?.id ?? "", now);
    await run();
    expect(await records.outbox.counts()).toEqual({ waiting: 0, sent: 1, dead: 0 });
  });

  it("goes on with others when one notice is refused for good", async () => {
    const run = await open();
    receiver.answer = ({ body }) => ({ status: JSON.parse(body).incident.id === "i-1" ? 422 : 200 });
    await put("i-1");
    now += 1;
    await put("i-2");
    await run();
    expect(receiver.received.length).toBe(2);
    expect(await records.outbox.counts()).toEqual({ waiting: 0, sent: 1, dead: 1 });
  });

  it("does not let one route wait for another", async () => {
    const other = await openReceiver();
    const sink = (url: string) => ({ kind: "slack", url });
    const routes = [
      { name: "slow", sink: sink(receiver.url), group_seconds: 0 },
      { name: "quick", sink: sink(other.url), group_seconds: 0 },
    ];
    receiver.answer = { status: 200, silent: true };
    await open({ routes, timeout_seconds: 1 });
    const duties = (await alerts?.duties(records.outbox)) ?? [];
    await put("i-1");
    const slow = duties.find(({ name }) => name === "alerts:slow")?.run();
    await duties.find(({ name }) => name === "alerts:quick")?.run();
    expect(other.received.length).toBe(1);
    expect(await records.outbox.counts()).toEqual({ waiting: 1, sent: 1, dead: 0 });
    await slow;
    await other.close();
  });

  it("reminds of what stays open, so often and no more", async () => {
    const run = await open({}, { remind_hours: 2, most_reminders: 2 });
    await put("i-1");
    for (let hour = 0; hour < 24; hour++) {
      await run();
      now += 3_600_000;
      await run();
    }
    await run();
    expect(reasons()).toEqual(["i-1 new medium", "i-1 reminder medium", "i-1 reminder medium"]);
  });

  it("tells nobody of routes that are gone, and says so", async () => {
    await open();
    await put("i-1");
    const run = await open({ routes: [] });
    await run();
    expect(receiver.received).toEqual([]);
    expect(await records.outbox.dead(9)).toMatchObject([
      { error: "The settings have no route of this name." },
    ]);
    expect(told).toEqual(["alerts waited for routes that are gone"]);
  });

  it("begins nothing once it is to stop", async () => {
    const run = await open();
    await put("i-1");
    alerts?.stop();
    await run();
    expect(receiver.received).toEqual([]);
  });
});

it("waits within bounds, longer after each attempt, and never less than asked", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 1e8 }),
      (attempt, random, asked) => {
        const full = Math.min(3_600_000, 5_000 * 2 ** (attempt - 1));
        expect(backoff(attempt, random)).toBeGreaterThanOrEqual(full / 2);
        expect(backoff(attempt, random)).toBeLessThanOrEqual(full);
        expect(backoff(attempt, random, asked)).toBeGreaterThanOrEqual(asked);
      },
    ),
  );
});
