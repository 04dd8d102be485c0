/**
 * Records in PostgreSQL that is away: events of known senders are taken, incidents wait and are told once when it is
 * back. Two servers do not share records, one that was killed gets them again, and nothing it says has the password.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFolderAddress } from "../../src/store/folder-address.ts";
import { SECRET } from "../support/alert-route.ts";
import { HAS_CHDB } from "../support/chdb.ts";
import { POSTGRES, type PostgresServer, startPostgres } from "../support/postgres-server.ts";
import { openReceiver, type Receiver } from "../support/receiver.ts";
import { PROGRAM, type ServerProcess, sendEvents, startProcess } from "../support/server-process.ts";

/** Longer than a key is believed without being looked up. */
const AWAY_SECONDS = 7;
const BATCH = 100;
const folder = mkdtempSync(join(tmpdir(), "vedette-records-away-"));
const HERE = HAS_CHDB && POSTGRES !== undefined;
let postgres: PostgresServer;
let receiver: Receiver;
let server: ServerProcess;
let settings: object;
const logs: string[] = [];

beforeAll(async () => {
  if (!HERE) return;
  postgres = await startPostgres();
  receiver = await openReceiver();
  const sink = { kind: "webhook", url: receiver.url, secret: SECRET };
  settings = {
    records: await postgres.newDatabase(),
    alerts: {
      allow_hosts: ["127.0.0.1"],
      routes: [{ name: "ops", sink, group_seconds: 0, categories: ["injection"] }],
    },
  };
  server = await startProcess(folder, settings);
});
afterAll(async () => {
  await server?.kill();
  await receiver?.close();
  await postgres?.remove();
  rmSync(folder, { recursive: true, force: true });
});

let sent = 0;
/** Each attacker is at a service of its own: several who do the same to one are one incident. */
async function attack(attacker: string): Promise<number> {
  const request = sent++;
  const events = Array.from({ length: BATCH }, (_, i) =>
    JSON.stringify({
      timestamp: new Date(Date.UTC(2026, 2, 3) + request * 1_000 + i).toISOString(),
      "http.request.method": "GET",
      "url.path": `/items/${request}/${i}`,
      "url.query": "id=1%27%20UNION%20SELECT%20password%20FROM%20users--",
      "client.address": attacker,
      "service.name": `of ${attacker}`,
    }),
  );
  return (await sendEvents(server.url, events.join("\n"))).status;
}

const toldOf = (attacker: string) =>
  receiver.received.filter(({ body }) => JSON.parse(body).incident.entity.value === attacker);
const ready = async () => (await fetch(`${server.url}/readyz`)).json();

async function api(path: string): Promise<Response> {
  const key = readFolderAddress(join(folder, "data"))?.key;
  return fetch(`${server.url}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } });
}

/** A command that ends by itself. */
async function run(command: string, data: string): Promise<{ status: unknown; said: string }> {
  const config = join(folder, "vedette.json");
  const child = spawn(process.execPath, [PROGRAM, command, "--config", config, "--data", data]);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  const [status] = await once(child, "close");
  logs.push(said);
  return { status, said };
}

describe.skipIf(!HERE)("records in PostgreSQL", { timeout: 120_000 }, () => {
  it("that is away cost no event and no alert; the server says so, and goes on by itself", async () => {
    expect(await attack("203.0.113.1")).toBe(202);
    await expect.poll(() => toldOf("203.0.113.1").length, { timeout: 30_000 }).toBe(1);
    expect(await ready()).toMatchObject({ status: "ready", records: "ok" });

    await postgres.stop();
    for (let second = 0; second < AWAY_SECONDS; second++) {
      expect(await attack("203.0.113.2")).toBe(202);
      await sleep(1_000);
    }
    expect(await ready()).toMatchObject({ status: "ready", records: expect.stringMatching(/^away/) });
    expect((await server.metrics()).get("vedette_records_away")).toBe(1);
    const refused = await api("/incidents");
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("1");
    const problem = await refused.text();
    expect(JSON.parse(problem)).toMatchObject({ code: "RECORDS_UNAVAILABLE" });
    logs.push(problem);
    const { status, said } = await run("doctor", join(folder, "data"));
    expect(status).toBe(3);
    expect(said).toMatch(
      /^fail +records: The records in postgresql:\/\/127\.0\.0\.1:\d+\/records_1 cannot be used/m,
    );
    expect(toldOf("203.0.113.2")).toEqual([]);

    await postgres.start();
    await expect.poll(() => toldOf("203.0.113.2").length, { timeout: 60_000 }).toBe(1);
    expect(await ready()).toMatchObject({ records: "ok" });
    expect((await server.metrics()).get("vedette_records_away")).toBe(0);
  });

  it("are one server's, and again its own after kill -9", async () => {
    const second = await run("serve", join(folder, "other"));
    expect(second.status).toBe(3);
    expect(second.said).toMatch(
      /Another server uses the records in postgresql:\/\/127\.0\.0\.1:\d+\/records_1/,
    );
    expect(second.said).toContain("RECORDS_IN_USE");
    logs.push(server.log());
    await server.kill();
    server = await startProcess(folder, settings);
    expect(server.welcome).not.toContain("A first key");
    const { incidents } = (await (await api("/incidents?state=open")).json()) as { incidents: object[] };
    expect(incidents).toHaveLength(2);
    expect(await attack("203.0.113.3")).toBe(202);
    await expect.poll(() => toldOf("203.0.113.3").length, { timeout: 30_000 }).toBe(1);
    expect([toldOf("203.0.113.1").length, toldOf("203.0.113.2").length]).toEqual([1, 1]);
  });

  it("never show the password", () => {
    logs.push(server.log(), server.welcome);
    expect(logs.join("").length).toBeGreaterThan(1_000);
    for (const secret of [postgres.password, encodeURIComponent(postgres.password)])
      expect(logs.join("\n")).not.toContain(secret);
  });
});
