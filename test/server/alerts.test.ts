/** From an attack in the log to the alert that a person gets, through the whole server; and what the server says of it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { examine } from "../../src/doctor/examine.ts";
import { type Server, startServer } from "../../src/server.ts";
import { SECRET } from "../support/alert-route.ts";
import { type Asker, setUp } from "../support/api-server.ts";
import { openReceiver, type Receiver } from "../support/receiver.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-server-alerts-"));
const KEY = "an-ingest-key-for-tests";
let receiver: Receiver;
let server: Server;
let admin: Asker;
let configFile: string;

beforeAll(async () => {
  receiver = await openReceiver();
  configFile = join(folder, "vedette.yaml");
  writeFileSync(
    configFile,
    `public_url: https://vedette.example.com
alerts:
  allow_hosts: [127.0.0.1]
  routes:
    - name: ops
      sink: { kind: webhook, url: "${receiver.url}", secret: { env: HOOK_SECRET } }
      group_seconds: 1
      categories: [injection]
    - name: elsewhere
      sink: { kind: slack, url: "${receiver.url}" }
      services: [another]
`,
  );
  server = await startServer(configOf(0), () => {});
  admin = await setUp(server);
});
afterAll(async () => {
  await server.close();
  await receiver.close();
  rmSync(folder, { recursive: true });
});

function configOf(port: number) {
  const options = { data: join(folder, "data"), port, threads: 1, ingest_key: KEY };
  return readConfig({ file: configFile, environment: { HOOK_SECRET: SECRET }, options });
}

async function attack(minute: number, address = "203.0.113.9"): Promise<void> {
  const lines = Array.from({ length: 30 }, (_, i) =>
    JSON.stringify({
      timestamp: new Date(Date.UTC(2026, 2, 3, 12, minute, i)).toISOString(),
      "service.name": "shop",
      "client.address": address,
      "http.request.method": "GET",
      "url.path": "/products",
      "url.query": `id=${i}%27%20UNION%20SELECT%20password%20FROM%20users--`,
      "http.response.status_code": 500,
    }),
  );
  const answer = await fetch(`${server.url}/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}` },
    body: lines.join("\n"),
  });
  expect(answer.status).toBe(202);
  await server.live.settle();
}

const metrics = async () => (await fetch(`${server.url}/metrics`)).text();

describe("the server", () => {
  it("tells of an attack once, and not again of more of the same", async () => {
    await attack(0);
    while (receiver.received.length === 0) await sleep(50);
    const [{ body, headers } = { body: "", headers: {} as Record<string, string> }] = receiver.received;
    const notice = JSON.parse(body);
    expect(notice).toMatchObject({ version: 1, route: "ops", reason: "new", id: headers["webhook-id"] });
    expect(notice.incident).toMatchObject({ entity: { value: "203.0.113.9" }, services: ["shop"] });
    expect(notice.incident.categories).toContain("injection");
    expect(notice.url).toBe(
      `https://vedette.example.com/incidents/${encodeURIComponent(notice.incident.id)}`,
    );
    const known = await server.live.records.cases.get(notice.incident.id);
    await attack(5);
    const later = await server.live.records.cases.get(notice.incident.id);
    expect(later?.version).toBeGreaterThan(known?.version ?? 0);
    expect(later?.incident.severity).toBe(known?.incident.severity);
    expect(await server.live.records.outbox.counts()).toEqual({ waiting: 0, sent: 1, dead: 0 });
    expect(await metrics()).toContain('vedette_alerts_sent_total{route="ops",sink="webhook"} 1\n');
    expect(await metrics()).toContain('vedette_alerts_waiting{route="ops",sink="webhook"} 0\n');
  });

  it("shows what was given up over the API, and tries it again when it is told to", async () => {
    receiver.answer = { status: 400 };
    const before = receiver.received.length;
    await attack(10, "198.51.100.7");
    const dead = async () =>
      ((await admin.ask("GET", "/alerts/dead")).body as { alerts: { id: string; route: string }[] }).alerts;
    while ((await dead()).length === 0) await sleep(50);
    expect(receiver.received).toHaveLength(before + 1);
    const [alert] = await dead();
    expect(alert).toMatchObject({ route: "ops", reason: "new", attempts: 1, error: expect.any(String) });
    const { body } = await admin.ask("GET", "/health");
    expect(body).toMatchObject({ alerts: [{ route: "ops", sent: 1, failed: 1, waiting: 0, dead: 1 }, {}] });
    receiver.answer = { status: 200 };
    expect((await admin.ask("POST", `/alerts/dead/${alert?.id}/retry`)).status).toBe(204);
    while (receiver.received.length < before + 2) await sleep(50);
    const [first, second] = receiver.received.slice(before);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers["webhook-id"]).toBe(alert?.id);
    while ((await server.live.records.outbox.counts()).sent < 2) await sleep(20);
    expect(await dead()).toEqual([]);
    expect((await admin.ask("POST", `/alerts/dead/${alert?.id}/retry`)).status).toBe(404);
  });

  it("sends a test the way of a route's alerts, and says whether it arrived", async () => {
    const before = receiver.received.length;
    const test = (route: string) => admin.ask("POST", `/alerts/routes/${route}/test`);
    expect(await test("ops")).toMatchObject({ status: 200, body: { delivered: true, error: null } });
    const [taken] = receiver.received.slice(before);
    const { id, reason, route, incident } = JSON.parse(taken?.body ?? "{}");
    expect([reason, route, incident.severity, incident.events]).toEqual(["test", "ops", "info", 0]);
    expect(incident.summary).toContain("Nothing has happened");
    expect(taken?.headers["webhook-id"]).toBe(id);
    expect(await test("elsewhere")).toMatchObject({ status: 200, body: { delivered: true } });
    expect(JSON.parse(receiver.received[before + 1]?.body ?? "{}").text).toMatch(
      /^INFO, test: `Test of the alert route elsewhere`/,
    );

    receiver.answer = { status: 403 };
    expect((await test("ops")).body).toEqual({ delivered: false, error: "127.0.0.1 answered 403" });
    receiver.answer = { status: 200 };
    expect((await test("nowhere")).status).toBe(404);
    // Nothing of it is an alert.
    expect(await server.live.records.outbox.counts()).toMatchObject({ waiting: 0, dead: 0 });
    expect(receiver.received).toHaveLength(before + 3);
    const { body } = await admin.ask("GET", "/audit?limit=10");
    const tested = (body as { entries: { action: string; object: string }[] }).entries.filter(
      ({ action }) => action === "alerts.test",
    );
    expect(tested.map(({ object }) => object)).toEqual(["nowhere", "ops", "elsewhere", "ops"]);
  });

  it("writes metrics that Prometheus reads without a complaint", async () => {
    const checked = spawnSync("promtool", ["check", "metrics"], { input: await metrics(), encoding: "utf8" });
    if (checked.error !== undefined) {
      console.log(
        "Skipped: /metrics is checked with promtool (the Debian package prometheus) where it is installed.",
      );
      return;
    }
    expect(checked.stderr).toBe("");
    expect(checked.status).toBe(0);
  });

  it("is known to the doctor, who changes nothing", async () => {
    const { port } = new URL(server.url);
    const findings = await examine(configOf(Number(port)), Date.now());
    const of = (name: string) => findings.find(({ check }) => check === name);
    expect(of("port")).toMatchObject({ status: "ok", found: `a Vedette server runs on 127.0.0.1:${port}` });
    expect(of("server")).toMatchObject({ status: "ok", found: "ready" });
    expect(of("alerts sent")).toMatchObject({ status: "ok", found: "0 given up" });
    expect(of("alerts ops")).toMatchObject({ status: "ok", found: "webhook to 127.0.0.1" });
    expect(findings.filter(({ status }) => status === "fail")).toEqual([]);
  });
});
