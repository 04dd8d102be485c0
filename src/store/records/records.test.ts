import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { recordsSuite } from "../../../test/support/records-suite.ts";
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
    records = await openRecords(path());
    return records;
  });

  it("refuses to change what the audit log says", async () => {
    count++;
    records = await openRecords(path());
    await records.audit.add({ at: 1, actor: "a", action: "b", object: "c", address: "d", detail: {} });
    await records.close();
    const database = new Database(path());
    expect(() => database.exec("UPDATE audit SET actor = 'x'")).toThrow(/append-only/);
    database.close();
    records = await openRecords(path());
    expect(await records.audit.read({ limit: 1 })).toMatchObject([{ actor: "a" }]);
  });

  it("does not open what a newer program wrote", async () => {
    count++;
    records = await openRecords(path());
    await records.close();
    const database = new Database(path());
    database.exec("PRAGMA user_version = 99");
    database.close();
    await expect(openRecords(path())).rejects.toMatchObject({ code: "STORE_TOO_NEW" });
    records = undefined;
  });
});
