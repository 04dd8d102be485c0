import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Database from "libsql";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { POSTGRES, type PostgresServer, startPostgres } from "../../../test/support/postgres-server.ts";
import { detectionOf, incidentOf, recordsSuite } from "../../../test/support/records-suite.ts";
import { SQLITE_MIGRATIONS } from "./migrations.ts";
import { openRecords, type Records } from "./open.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-records-"));
let count = 0;
let records: Records | undefined;
const path = () => join(folder, `${count}`, "records.sqlite");

afterEach(async () => {
  await records?.close();
  records = undefined;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("SQLite", () => {
  recordsSuite(async (again) => {
    await records?.close();
    if (again === undefined) count++;
    records = await openRecords({ file: path() });
    return records;
  });

  it("refuses to change what the audit log says", async () => {
    count++;
    records = await openRecords({ file: path() });
    await records.audit.add({ at: 1, actor: "a", action: "b", object: "c", address: "d", detail: {} });
    await records.close();
    const database = new Database(path());
    expect(() => database.exec("UPDATE audit SET actor = 'x'")).toThrow(/append-only/);
    database.close();
    records = await openRecords({ file: path() });
    expect(await records.audit.read({ limit: 1 })).toMatchObject([{ actor: "a" }]);
  });

  it("fills columns that came later from the documents that were there", async () => {
    count++;
    mkdirSync(dirname(path()), { recursive: true });
    const database = new Database(path());
    for (const statement of SQLITE_MIGRATIONS.slice(0, 5).flat()) database.exec(statement);
    database.exec("PRAGMA user_version = 5");
    const incident = incidentOf("i-1", 0, { outcome: "succeeded" });
    const detection = detectionOf(incident, "shop");
    database
      .prepare(
        "INSERT INTO incidents VALUES ('i-1', ?, 1, 2, 40, 0, 0, 'open', NULL, 1, NULL, 0, NULL, NULL)",
      )
      .run([JSON.stringify(incident)]);
    database
      .prepare("INSERT INTO detections VALUES ('d-i-1', 'i-1', 'probing', ?)")
      .run([JSON.stringify(detection)]);
    database.close();
    records = await openRecords({ file: path() });
    expect(await records.cases.counts(["shop"])).toMatchObject({ succeeded: 1 });
    expect(await records.cases.counts(["api"])).toMatchObject({ succeeded: 0 });
    const fact = { ...detection, severity: "info", exception: { id: "e-1", reason: "ours" } } as const;
    await records.cases.expected([fact], 2);
    expect(await records.cases.get("i-1")).toMatchObject({ state: "resolved" });
  });

  it("does not open what a newer program wrote", async () => {
    count++;
    records = await openRecords({ file: path() });
    await records.close();
    const database = new Database(path());
    database.exec("PRAGMA user_version = 99");
    database.close();
    await expect(openRecords({ file: path() })).rejects.toMatchObject({ code: "STORE_TOO_NEW" });
    records = undefined;
  });
});

describe.skipIf(POSTGRES === undefined)("PostgreSQL", () => {
  let server: PostgresServer;
  let url: string;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.remove());

  recordsSuite(async (again) => {
    await records?.close();
    if (again === undefined) url = await server.newDatabase();
    records = await openRecords({ url });
    return records;
  });

  it("refuses to change what the audit log says", async () => {
    url = await server.newDatabase();
    records = await openRecords({ url });
    await records.audit.add({ at: 1, actor: "a", action: "b", object: "c", address: "d", detail: {} });
    await expect(server.ask(url, "UPDATE vedette.audit SET actor = 'x'")).rejects.toThrow(/append-only/);
    expect(await records.audit.read({ limit: 1 })).toMatchObject([{ actor: "a" }]);
  });

  it("does not open what a newer program wrote", async () => {
    url = await server.newDatabase();
    await (await openRecords({ url })).close();
    await server.ask(url, "INSERT INTO vedette.schema_steps VALUES (99)");
    await expect(openRecords({ url })).rejects.toMatchObject({ code: "STORE_TOO_NEW" });
    records = undefined;
  });
});
