import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POSTGRES, type PostgresServer, startPostgres } from "../../test/support/postgres-server.ts";
import { openRecords } from "../store/records/open.ts";
import { checkRecords } from "./records.ts";

describe.skipIf(POSTGRES === undefined)("the doctor, of records in PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.remove());

  it("sees one that can be used, is used, or was used by a newer program", async () => {
    const url = await server.newDatabase();
    const place = url.replace(/\/\/.*@/, "//");
    const [{ version }] = (await server.ask(url, "SHOW server_version")).map((row) => ({
      version: String(row.server_version).split(" ")[0],
    })) as [{ version: string }];
    const found = `PostgreSQL ${version} at ${place}`;
    expect(await checkRecords(url)).toEqual({ check: "records", status: "ok", found });
    expect(await server.ask(url, "SELECT nspname FROM pg_namespace WHERE nspname = 'vedette'")).toEqual([]);
    const records = await openRecords({ url });
    expect(await checkRecords(url)).toMatchObject({
      status: "warn",
      found: `${found} is in use by a running server`,
    });
    await records.close();
    expect(await checkRecords(url)).toMatchObject({ status: "ok" });
    await server.ask(url, "INSERT INTO vedette.schema_steps VALUES (99)");
    expect(await checkRecords(url)).toMatchObject({
      status: "fail",
      found: expect.stringContaining("newer"),
    });
  });

  it("sees one that gives no rights, lets nobody in, or does not answer, and tells no password", async () => {
    const url = await server.newDatabase();
    await server.ask(url, "CREATE ROLE guest LOGIN PASSWORD 'hidden'");
    const guest = new URL(url);
    guest.username = "guest";
    guest.password = "hidden";
    expect(await checkRecords(guest.href)).toMatchObject({
      status: "fail",
      found: expect.stringContaining("gives no right to write"),
    });
    guest.password = "hidden-too";
    const refused = await checkRecords(guest.href);
    expect(refused).toMatchObject({ status: "fail", found: expect.stringContaining("28P01") });
    expect(JSON.stringify(refused)).not.toContain("hidden");
    expect(await checkRecords("postgresql://guest:hidden@127.0.0.1:1/vedette")).toEqual({
      check: "records",
      status: "fail",
      found:
        "The records in postgresql://127.0.0.1:1/vedette cannot be used: connect ECONNREFUSED 127.0.0.1:1",
      remedy: "Check the disk, or the PostgreSQL server that the setting records names, then try again.",
    });
  });
});
