/** Keys that are wrong, over, or for something else: refused, counted, and on record in a few rows however many come. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { addKey, newSecret } from "../../src/http/keys.ts";
import { type Server, startServer } from "../../src/server.ts";
import { openRecords } from "../../src/store/records/open.ts";
import { INGEST_KEY, SOAK } from "../support/server-process.ts";

const GUESSES = SOAK ? 20_000 : 500;
const START = Date.UTC(2026, 2, 3);
const DAY = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), "vedette-keys-"));
let now = START;
let server: Server;
const secrets = {
  expiring: newSecret("ingest"),
  revoked: newSecret("ingest"),
  shop: newSecret("ingest"),
  api: newSecret("api"),
};

beforeAll(async () => {
  const options = { data: folder, port: 0, threads: 1, ingest_key: INGEST_KEY };
  server = await startServer(
    readConfig({ environment: {}, options }),
    () => {},
    () => now,
  );
  const { access } = server.live.records;
  const key = { kind: "ingest", by: "test" } as const;
  await addKey(access, secrets.expiring, { ...key, name: "expiring", expires: START + DAY }, START);
  await access.revokeKey(await addKey(access, secrets.revoked, { ...key, name: "revoked" }, START), START);
  await addKey(access, secrets.shop, { ...key, name: "shop", services: ["shop"] }, START);
  await addKey(access, secrets.api, { ...key, kind: "api", name: "api", scopes: ["events:read"] }, START);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PATHS = ["/v1/events", "/v1/traces", "/v1/logs"];
const event = (service: string) =>
  JSON.stringify({ timestamp: "2026-03-03T00:00:00Z", "url.path": "/k", "service.name": service });

async function send(secret: string | undefined, path = "/v1/events", body = event("shop")) {
  const headers = {
    "content-type": "application/json",
    ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
  };
  const answer = await fetch(`${server.url}${path}`, { method: "POST", headers, body });
  await answer.arrayBuffer();
  return answer.status;
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1]);
}

describe("every way to send events", () => {
  it.each(PATHS)("%s refuses and counts keys that do not hold", async (path) => {
    const before = await metric("vedette_keys_refused_total");
    const body = "{}";
    expect(await send(undefined, path, body)).toBe(401);
    expect(await send("vdt_ingest_guessed", path, body)).toBe(401);
    expect(await send(secrets.revoked, path, body)).toBe(401);
    expect(await send(secrets.api, path, body)).toBe(403);
    expect(await send("x".repeat(5_000), path, body)).toBe(401);
    expect((await metric("vedette_keys_refused_total")) - before).toBe(5);
    expect(await send(INGEST_KEY, path, path === "/v1/events" ? event("shop") : body)).toBeLessThan(300);
  });

  it("refuses a key after its end", async () => {
    now = START + DAY - 1_000;
    expect(await send(secrets.expiring)).toBe(202);
    now = START + DAY;
    expect(await send(secrets.expiring)).toBe(401);
  });

  it("refuses events for another service with 403, and counts them", async () => {
    expect(await send(secrets.shop, "/v1/events", event("shop"))).toBe(202);
    expect(await send(secrets.shop, "/v1/events", event("bank"))).toBe(403);
    expect(await send(secrets.shop, "/v1/events", `${event("bank")}\n${event("shop")}`)).toBe(202);
    expect(await metric("vedette_intake_foreign_total")).toBe(2);
    await server.live.settle();
    const { rows } = await server.live.store.query({
      sql: "SELECT DISTINCT `service.name` FROM events",
      parameters: {},
    });
    expect(rows).toEqual([["shop"]]);
  });
});

/**
 * What is compared is a hash that the sender cannot choose the beginning of, by looking it up: the time it takes tells
 * nothing of a key. So a key that differs in its last character must go the same way as one that differs in its first.
 */
it("looks up hashes of keys, never keys", async () => {
  const asked: string[] = [];
  const { access } = server.live.records;
  const { keyByHash } = access;
  Object.assign(access, {
    keyByHash: (hash: string, at: number) => {
      asked.push(hash);
      return keyByHash(hash, at);
    },
  });
  const near = `${INGEST_KEY.slice(0, -1)}?`;
  expect(await send(near)).toBe(401);
  expect(await send(`?${INGEST_KEY.slice(1)}`)).toBe(401);
  Object.assign(access, { keyByHash });
  expect(asked.every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  expect(new Set(asked.map((hash) => hash.slice(0, 8))).size).toBe(2);
});

it("notes those it refused in the audit log: a few rows with counts", {
  timeout: 60_000 + GUESSES * 20,
}, async () => {
  for (let i = 0; i < GUESSES; i++) await send(`vdt_ingest_guess-${i}`);
  expect((await fetch(`${server.url}/api/v1/events/x`)).status).toBe(401);
  const events = { headers: { authorization: `Bearer ${secrets.api}` } };
  expect((await fetch(`${server.url}/api/v1/users`, events)).status).toBe(403);
  expect((await fetch(`${server.url}/v1/events`, { method: "POST", ...events })).status).toBe(403);
  await server.close();
  const records = await openRecords({ file: join(folder, "records.db") });
  const rows = (await records.audit.read({ limit: 1_000 })).filter(
    ({ action }) => action === "access.refused",
  );
  await records.close();
  const of = (object: string, code: string) =>
    rows.filter((row) => row.object === object && row.detail.code === code);
  const requests = (object: string, code: string) =>
    of(object, code).reduce((sum, { detail }) => sum + Number(detail.requests), 0);
  expect(requests("POST /v1/events", "UNAUTHENTICATED")).toBeGreaterThanOrEqual(GUESSES);
  // Of other tests of this file are these: a key for the API, and events for another service.
  expect(requests("POST /v1/events", "FORBIDDEN")).toBe(3);
  expect(requests("GET /api/v1/events/:id", "UNAUTHENTICATED")).toBe(1);
  const [forbidden] = of("GET /api/v1/users", "FORBIDDEN");
  expect(forbidden).toMatchObject({ address: "127.0.0.1", detail: { requests: 1 } });
  expect(forbidden?.actor).toMatch(/^key:/);
  expect(rows.length).toBeLessThan(SOAK ? 60 : 20);
});
