/** Stored history judged again: over the API of a server that runs, and as commands, on the folder of one that does not. */
import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addKey, newSecret } from "../../src/http/keys.ts";
import type { BacktestAnswer, ReplayAnswer } from "../../src/replay/answer.ts";
import { type Asker, openServer, send, setUp, type TestServer } from "../support/api-server.ts";

const START = Date.UTC(2026, 2, 3);
const SINCE = "2026-03-02T00:00:00Z";
const program = join(import.meta.dirname, "../../dist/vedette.js");
let server: TestServer;
let admin: Asker;
let folder: string;

/** Twelve refused logins within a minute, a request a second of somebody else. */
const events = [
  ...Array.from({ length: 12 }, (_, i) => ({
    timestamp: START + i * 2_000,
    "service.name": "bank",
    "client.address": "192.0.2.7",
    "http.request.method": "POST",
    "url.path": "/login",
    "http.response.status_code": 401,
  })),
  ...Array.from({ length: 60 }, (_, i) => ({
    timestamp: START + i * 1_000,
    "service.name": "shop",
    "client.address": "192.0.2.8",
    "http.request.method": "GET",
    "url.path": "/items",
    "http.response.status_code": 200,
  })),
];

beforeAll(async () => {
  server = await openServer(START + 3_600_000);
  admin = await setUp(server);
  folder = dirname(server.live.store.place);
  await send(server, events);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function vedette(args: readonly string[], environment: Record<string, string> = {}) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const options = { cwd: folder, env: { PATH: process.env.PATH ?? "", ...environment } };
    execFile(process.execPath, [program, ...args], options, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

describe("the API", () => {
  it("replays what it stored, and tells what it told", async () => {
    const { incidents } = (await admin.ask("GET", "/incidents")).body as { incidents: { id: string }[] };
    expect(incidents).toHaveLength(1);
    const replayed = (await admin.ask("POST", "/replays", { since: SINCE })).body as ReplayAnswer;
    expect(replayed).toMatchObject({ events: 72, complete: true, incidents_total: 1 });
    expect(replayed.incidents.map(({ id }) => id)).toEqual(incidents.map(({ id }) => id));
    const other = await admin.ask("POST", "/replays", { since: SINCE, service: "shop" });
    expect(other.body).toMatchObject({ events: 60, incidents_total: 0 });
  });

  it("says what another threshold, another exception and a detector that is off would change", async () => {
    const test = async (proposal: object) =>
      (await admin.ask("POST", "/backtests", { since: SINCE, ...proposal })).body as BacktestAnswer;
    const set = (burst: number) => ({ detectors: { brute_force: { thresholds: { burst } } } });
    expect(await test(set(11))).toMatchObject({
      present: { incidents: 1, days: [{ day: "2026-03-03", incidents: 1 }] },
      proposed: { incidents: 0, days: [] },
      appeared: { incidents: 0 },
      vanished: { incidents: 1, examples: { detections: [{ detector: "brute_force", threshold: 5 }] } },
    });
    expect(await test(set(6))).toMatchObject({ proposed: { incidents: 1 }, vanished: { detections: 0 } });
    expect(await test({ detectors: { brute_force: { enabled: false } } })).toMatchObject({
      vanished: { incidents: 1 },
    });
    const exceptions = [{ entity: { type: "client.address", value: "192.0.2.0/28" }, reason: "a test" }];
    expect(await test({ exceptions })).toMatchObject({ vanished: { incidents: 1 } });
  });

  it("says what one detector tells at several values of a threshold", async () => {
    const sweep = { since: SINCE, detector: "brute_force", threshold: "burst" };
    const { body } = await admin.ask("POST", "/backtests/sweep", { ...sweep, values: [2, 5, 11] });
    const told = { detections: 1, entities: 1, days: [{ day: "2026-03-03", detections: 1, incidents: 1 }] };
    expect(body).toMatchObject({
      events: 72,
      values: [
        { value: 2, ...told },
        { value: 5, ...told },
        { value: 11, detections: 0, entities: 0, days: [] },
      ],
    });
    for (const [wrong, input] of [
      [{ values: [0] }, "body.values"],
      [{ threshold: "bursts", values: [5] }, "body.threshold"],
      [{ detector: "brute", values: [5] }, "body.detector"],
    ] as const)
      expect((await admin.ask("POST", "/backtests/sweep", { ...sweep, ...wrong })).body).toMatchObject({
        input,
      });
  });

  it("refuses times and thresholds that cannot be meant", async () => {
    for (const body of [
      { since: "2026-03-04T00:00:00Z", until: SINCE },
      { since: "2020-01-01T00:00:00Z" },
      { since: SINCE, detectors: { brute_force: { thresholds: { burst: 0 } } } },
      { since: SINCE, exceptions: [{ service: "bank", reason: "all of it" }] },
    ]) {
      expect((await admin.ask("POST", "/backtests", body)).body).toMatchObject({ code: "REQUEST_INVALID" });
    }
  });

  it("runs one at a time, and no longer than its client waits", async () => {
    const asked = await Promise.all([1, 2, 3].map(() => admin.ask("POST", "/replays", { since: SINCE })));
    expect(asked.map(({ status }) => status).sort()).toEqual([200, 429, 429]);
    const { url } = server;
    const secret = newSecret("api");
    const key = { kind: "api" as const, name: "leaver", scopes: ["history:replay" as const], by: "test" };
    await addKey(server.live.records.access, secret, key, 0);
    const left = new AbortController();
    const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
    const body = JSON.stringify({ since: SINCE });
    const gone = fetch(`${url}/api/v1/replays`, { method: "POST", headers, body, signal: left.signal });
    left.abort();
    await expect(gone).rejects.toThrow();
    let status = 429;
    for (let tries = 0; tries < 50 && status === 429; tries++) {
      ({ status } = await admin.ask("POST", "/replays", { since: SINCE }));
    }
    expect(status).toBe(200);
  });
});

describe("an incident that is expected", () => {
  interface Shown {
    incident: { state: string };
    detections: { severity: string; exception?: { reason: string } }[];
    comments: { author: string; text: string }[];
  }
  interface Proposed {
    of: number;
    complete: boolean;
    proposals: { scope: object; incidents: number; detections: number; examples: { id: string }[] }[];
  }

  it("is proposed as exceptions, closed by the one that is made, and open again without it", async () => {
    const { incidents } = (await admin.ask("GET", "/incidents")).body as { incidents: { id: string }[] };
    const id = incidents[0]?.id ?? "";
    const shown = async () => (await admin.ask("GET", `/incidents/${id}`)).body as Shown;
    const { of, complete, proposals } = (await admin.ask("GET", `/incidents/${id}/proposals`))
      .body as Proposed;
    const entity = { type: "client.address", value: "192.0.2.7" };
    expect([of, complete]).toEqual([1, true]);
    expect(proposals.map(({ scope }) => scope)).toEqual([
      { detector: "brute_force", entity, service: "bank", endpoint: expect.stringContaining("") },
      { detector: "brute_force", entity, service: "bank" },
      { entity },
    ]);
    for (const { incidents: hidden, examples } of proposals)
      expect([hidden, examples.map((one) => one.id)]).toEqual([1, [id]]);
    const elsewhere = { detector: "brute_force", entity: { ...entity, value: "192.0.2.9" } };
    expect((await admin.ask("POST", "/exceptions/preview", elsewhere)).body).toMatchObject({
      of: 1,
      incidents: 0,
    });

    const made = await admin.ask("POST", "/exceptions", {
      ...proposals[1]?.scope,
      reason: "our own load test",
    });
    await server.live.settle();
    expect(await shown()).toMatchObject({
      incident: { state: "resolved" },
      detections: [{ severity: "info", exception: { reason: "our own load test" } }],
      comments: [{ author: "vedette", text: expect.stringContaining("our own load test") }],
    });
    expect((await admin.ask("GET", "/exceptions")).body).toMatchObject({ exceptions: [{ hides: 1 }] });
    const query = 'detections | where severity == "info" and detector == "brute_force" | count';
    expect((await admin.ask("POST", "/query", { query })).body).toMatchObject({ rows: [[1]] });

    await admin.ask("DELETE", `/exceptions/${(made.body as { id: string }).id}`);
    await server.live.settle();
    const { incident, detections } = await shown();
    expect(incident.state).toBe("open");
    expect(detections.map(({ severity, exception }) => [severity, exception])).toEqual([["low", undefined]]);
  });
});

describe("the commands", () => {
  it("ask a server that runs, and its folder once it has stopped", async () => {
    const since = ["--since", SINCE, "--until", "2026-03-04T00:00:00Z"];
    const asked = ["backtest", "--detector", "brute_force", "--threshold", "burst=11", ...since];
    const secret = newSecret("api");
    const key = { kind: "api" as const, name: "cli", scopes: ["history:replay" as const], by: "test" };
    await addKey(server.live.records.access, secret, key, 0);
    const overApi = await vedette([...asked, "--url", server.url], { VEDETTE_API_KEY: secret });
    expect([overApi.code, overApi.err]).toEqual([0, ""]);
    expect(overApi.out).toContain("1 incident and 1 detection would not be told any more");
    const nobody = await vedette([...asked, "--url", server.url]);
    expect([nobody.code, nobody.err]).toEqual([3, expect.stringContaining("[UNAUTHENTICATED]")]);

    const found = (await admin.ask("POST", "/replays", { since: SINCE })).body as ReplayAnswer;
    await server.close();
    const data = ["--data", folder];
    expect((await vedette([...asked, ...data])).out).toBe(overApi.out);
    const replayed = await vedette(["replay", ...since, ...data, "--output", "json"]);
    const { version, incidents, detections } = JSON.parse(replayed.out) as ReplayAnswer & { version: number };
    expect([version, incidents, detections]).toEqual([1, found.incidents, found.detections]);
    expect((await vedette(["replay", ...since, ...data])).out).toContain("1 incident, 1 detection");

    const file = join(folder, "proposed.yaml");
    writeFileSync(file, "detection: { detectors: { brute_force: { enabled: false } } }\n");
    expect((await vedette(["backtest", "--propose", file, ...since, ...data])).out).toContain(
      "would not be told any more",
    );
    for (const [wrong, code] of [
      [["backtest", ...since, ...data], "USAGE"],
      [["backtest", "--detector", "brute_force", "--threshold", "8", ...since, ...data], "CONFIG_INVALID"],
      [
        ["backtest", "--detector", "brute_force", "--threshold", "burst=eight", ...since, ...data],
        "CONFIG_INVALID",
      ],
      [["replay", "--since", "2026-03-05T00:00:00Z", "--until", SINCE, ...data], "USAGE"],
    ] as const) {
      expect((await vedette(wrong)).err).toContain(`[${code}]`);
    }
    expect((await vedette(["replay", "--since", "yesterday", ...data])).code).toBe(2);
  });
});
