/** A schema that a kill left half made is finished by the next start; one of a newer program is left alone. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { HAS_CHDB } from "../../../test/support/chdb.ts";
import { batchOf } from "../../../test/support/event-store-suite.ts";
import { eventAt, NOON } from "../../../test/support/event-store-suite-events.ts";
import { prepareQuery } from "../../explore/query/prepare.ts";
import { openEmbedded } from "../clickhouse/embedded.ts";
import { DEFAULT_READ_LIMITS, type Engine } from "../clickhouse/engine.ts";
import { compileQuery } from "../sql/compile.ts";
import { migrate } from "./migrate.ts";
import { MIGRATIONS } from "./migrations.ts";

const root = mkdtempSync(join(tmpdir(), "vedette-migrate-"));
let count = 0;
let engine: Engine;

async function tables(): Promise<readonly unknown[]> {
  const { rows } = await engine.ask(
    "SELECT name, create_table_query FROM system.tables WHERE database = currentDatabase() ORDER BY name",
  );
  return rows;
}

describe.skipIf(!HAS_CHDB)("migration", () => {
  beforeEach(async () => {
    const { drainPending } = await import("chdb");
    await drainPending();
    engine = await openEmbedded({
      folder: join(root, `${count++}`),
      readers: 0,
      limits: DEFAULT_READ_LIMITS,
    });
  });
  afterEach(() => engine.close());
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it("stopped after any statement ends with the same schema", async () => {
    const statements = MIGRATIONS.flatMap((migration) => migration.statements);
    await migrate(engine);
    const whole = await tables();
    for (let stop = 0; stop <= statements.length; stop++) {
      await engine.command("DROP DATABASE vedette");
      await engine.command("CREATE DATABASE vedette");
      await engine.command("USE vedette");
      for (const statement of statements.slice(0, stop)) await engine.command(statement);
      expect(await migrate(engine)).toBe(MIGRATIONS.at(-1)?.version);
      expect(await tables()).toEqual(whole);
    }
  });

  it("finds events of an earlier version by the index of a later one", async () => {
    await migrate(engine, MIGRATIONS.slice(0, 1));
    const paths = ["/login", "/wishlists/7", "/cart"];
    const { batch, payload } = batchOf(
      1n,
      paths.map((path) => eventAt(NOON, { "url.path": path })),
    );
    await engine.insert("events", [payload], String(batch));
    await migrate(engine);
    await engine.command("ALTER TABLE events MATERIALIZE INDEX `searched words` SETTINGS mutations_sync = 1");
    const plan = prepareQuery('events | search "ishlis" | project url.path', { now: NOON });
    const { sql, parameters } = compileQuery(plan, { services: "all" });
    expect((await engine.ask(sql, parameters)).rows).toEqual([["/wishlists/7"]]);
    const explained = (await engine.ask(`EXPLAIN indexes = 1 ${sql}`, parameters)).rows.flat().join("\n");
    expect(explained).toContain("Name: searched words");
    const absent = prepareQuery('events | search not "ishlis" | project url.path', { now: NOON });
    const without = compileQuery(absent, { services: "all" });
    const { rows } = await engine.ask(without.sql, without.parameters);
    expect(rows.flat().sort()).toEqual(["/cart", "/login"]);
    const plans = await engine.ask(`EXPLAIN indexes = 1 ${without.sql}`, without.parameters);
    expect(plans.rows.flat().join("\n")).toContain("Name: searched words");
  });

  it("runs each step once", async () => {
    const steps = [
      ...MIGRATIONS,
      { version: 99, name: "one more", statements: ["CREATE TABLE more (a Int8) ENGINE = Memory"] },
    ];
    await migrate(engine);
    expect(await migrate(engine, steps)).toBe(99);
    // Not IF NOT EXISTS: a second run would fail.
    expect(await migrate(engine, steps)).toBe(99);
    await expect(migrate(engine)).rejects.toMatchObject({ code: "STORE_TOO_NEW" });
  });
});
