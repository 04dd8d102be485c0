/** Records behind a network: who may write, what happens while nobody answers, and what is told of it. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { POSTGRES, type PostgresServer, startPostgres } from "../../../../test/support/postgres-server.ts";
import { incidentOf } from "../../../../test/support/records-suite.ts";
import type { Announce } from "../notices.ts";
import { openRecords, type Records, type RecordsOptions } from "../open.ts";
import { openConnections } from "./connections.ts";
import { postgresPlace } from "./place.ts";

const entry = { at: 1, actor: "a", action: "b", object: "c", address: "d", detail: {} };

describe.skipIf(POSTGRES === undefined)("PostgreSQL", () => {
  let server: PostgresServer;
  const opened: Records[] = [];
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterEach(async () => {
    for (const records of opened.splice(0)) await records.close();
  });
  afterAll(() => server?.remove());

  async function open(url: string, options?: RecordsOptions): Promise<Records> {
    const records = await openRecords({ url }, options);
    opened.push(records);
    return records;
  }

  /** What a person would be told: none of it has the password, as it is or as it stands in the URL. */
  async function refusal(promise: Promise<unknown>) {
    const error: unknown = await promise.then(
      () => undefined,
      (cause: unknown) => cause,
    );
    if (!(error instanceof Error)) throw new Error("it was not refused");
    const said = [error.message, error.stack, JSON.stringify(error), String(error.cause)].join("\n");
    for (const secret of [server.password, encodeURIComponent(server.password), "phrase"])
      expect(said).not.toContain(secret);
    return error;
  }

  it("is written by one server at a time", async () => {
    const url = await server.newDatabase();
    const [first] = [await open(url)];
    expect(await refusal(openRecords({ url }))).toMatchObject({ code: "RECORDS_IN_USE" });
    expect(await open(await server.newDatabase())).toMatchObject({ away: undefined });
    opened.splice(0, 1);
    await first?.close();
    await (await open(url)).audit.add(entry);
  });

  it("is not written by a server that has lost it", async () => {
    const url = await server.newDatabase();
    const first = await open(url);
    await server.ask(
      url,
      `SELECT pg_terminate_backend(pid) FROM pg_locks
        WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    const second = await open(url);
    await second.audit.add({ ...entry, actor: "second" });
    await expect
      .poll(() => first.audit.add({ ...entry, actor: "first" }).catch(({ code }) => code), {
        timeout: 20_000,
      })
      .toBe("RECORDS_IN_USE");
    expect(first.away).toMatch(/Another server/);
    expect((await second.audit.read({ limit: 9 })).map(({ actor }) => actor)).toEqual(["second"]);
  });

  it("says why it cannot be used, and never a password", async () => {
    const url = await server.newDatabase();
    const wrong = new URL(url);
    wrong.password = `${wrong.password}phrase`;
    const refused = await refusal(openRecords({ url: wrong.href }));
    expect(refused).toMatchObject({ code: "RECORDS_UNAVAILABLE" });
    expect(refused.message).toMatch(/password authentication failed for user "vedette"/);
    expect(await refusal(openRecords({ url: `${url}_not` }))).toMatchObject({
      code: "RECORDS_UNAVAILABLE",
      message: expect.stringContaining("does not exist"),
    });
    for (const bad of [`${url}?sslmode=maybe`, `${url}?options=x`, url.replace("%25", "%")])
      expect(await refusal(openRecords({ url: bad }))).toMatchObject({
        code: "CONFIG_INVALID",
        input: "records",
      });
    const latin = await server.newDatabase("LATIN1");
    expect(await refusal(openRecords({ url: latin }))).toMatchObject({
      code: "RECORDS_UNAVAILABLE",
      message: expect.stringContaining("LATIN1"),
    });
  });

  it("is waited for at the start, and told of once", async () => {
    const url = await server.newDatabase();
    await server.stop();
    expect(await refusal(openRecords({ url }))).toMatchObject({ code: "RECORDS_UNAVAILABLE" });
    const told: string[] = [];
    const opening = open(url, { patience: 60_000, onWait: (reason) => told.push(reason) });
    await expect.poll(() => told.length).toBe(1);
    await server.start();
    await (await opening).audit.add(entry);
    expect(told).toEqual([expect.stringMatching(/ECONNREFUSED/)]);
  });

  it("may go away from a connection that is held and asks nothing", async () => {
    const place = postgresPlace(await server.newDatabase());
    const connections = openConnections(place);
    const lease = await connections.connect();
    await lease.query("begin", []);
    await server.stop();
    await expect.poll(() => connections.away).toMatch(/cannot be used/);
    await expect(lease.query("select 1", [])).rejects.toThrow();
    lease.release();
    await server.start();
    await connections.end();
  });

  it("fails clearly while nobody answers, and goes on by itself", async () => {
    const url = await server.newDatabase();
    const records = await open(url);
    await records.audit.add(entry);
    await server.stop();
    expect(await refusal(records.audit.add(entry))).toMatchObject({ code: "RECORDS_UNAVAILABLE" });
    expect(await refusal(records.reach())).toMatchObject({ code: "RECORDS_UNAVAILABLE" });
    expect(await refusal(records.access.users())).toMatchObject({ code: "RECORDS_UNAVAILABLE" });
    const put = records.cases.put(incidentOf("i-1", 0), [], () => [], 1);
    expect(await refusal(put)).toMatchObject({ code: "RECORDS_UNAVAILABLE" });
    expect(records.away).toContain("cannot be used");
    await server.start();
    await expect
      .poll(() => records.reach().then(() => records.away, String), { timeout: 20_000 })
      .toBe(undefined);
    expect(await records.cases.put(incidentOf("i-1", 0), [], () => [], 1)).toBe(1);
    expect(await records.audit.read({ limit: 9 })).toHaveLength(1);
    expect(await refusal(openRecords({ url }))).toMatchObject({ code: "RECORDS_IN_USE" });
  });

  it("tells nothing of the row that a statement was refused for", async () => {
    const { access } = await open(await server.newDatabase());
    const user = { id: "u-1", name: "Anna", role: "admin", services: undefined, created: 1 } as const;
    await access.addUser({ ...user, passwordHash: "scrypt$phrase" });
    const nameless = JSON.parse('{"name":null,"passwordHash":"scrypt$phrase"}');
    const refused = await refusal(access.addUser({ ...user, id: "u-2", ...nameless }));
    expect(refused.message).toMatch(/null value in column "name".* \(23502\)$/);
  });

  it("sends what a notice says when it is begun, however changes and senders cross", async () => {
    const { cases, outbox } = await open(await server.newDatabase());
    const announce: Announce = ({ incident, at }, { waiting }) => [
      {
        route: "ops",
        reason: waiting.has("ops") ? "severity" : "new",
        payload: String(incident.events),
        due: 1,
        notified: { severity: incident.severity, outcome: incident.outcome, at, reminders: 0 },
      },
    ];
    const CHANGES = 200;
    const said = new Map<number, string>();
    let done = false;
    async function send(): Promise<void> {
      for (;;) {
        const last = done;
        for (const { id } of await outbox.due("ops", 9, 9)) {
          const notice = await outbox.begin(id);
          if (notice === undefined) continue;
          said.set(notice.number, notice.payload);
          await outbox.sent(id, 2);
        }
        if (last) return;
        await sleep(1);
      }
    }
    const sending = send();
    for (let events = 1; events <= CHANGES; events++) {
      await cases.put(incidentOf("i-1", 0, { events }), [], announce, events);
    }
    done = true;
    await sending;
    const payloads = [...said.values()].map(Number);
    expect(payloads).toEqual(payloads.toSorted((a, b) => a - b));
    expect(new Set(payloads).size).toBe(payloads.length);
    expect(payloads.at(-1)).toBe(CHANGES);
    expect(payloads.length).toBeGreaterThan(1);
  });
});
