/** kill -9 while events are journaled and stored: what was acknowledged is stored, once, and counted once. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openJournal } from "../../src/journal/journal.ts";
import { openEventStore } from "../../src/store/event-store.ts";
import { storeSegments } from "../../src/store/store-segments.ts";
import { bundleProgram } from "../support/bundle.ts";
import { HAS_CHDB } from "../support/chdb.ts";

const KILLS = Number(process.env.VEDETTE_KILLS ?? 6);
const BATCH = 40;
const folder = mkdtempSync(join(tmpdir(), "vedette-kill-store-"));
let program = "";
beforeAll(async () => {
  program = await bundleProgram("test/durability/store-writer.ts");
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(dirname(program), { recursive: true, force: true });
});

/** Starts the writer, kills it `after` so many milliseconds of work, gives the batches it had acknowledged. */
async function killAfter(after: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  let due: NodeJS.Timeout | undefined;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
    // The last kill of every three comes in the midst of opening: migration and the looks of recovery.
    due ??= setTimeout(() => child.kill("SIGKILL"), after);
  });
  if (after < 0) setTimeout(() => child.kill("SIGKILL"), -after);
  await new Promise((resolve) => child.on("close", resolve));
  clearTimeout(due);
  return printed.split("\n").slice(0, -1);
}

it.skipIf(!HAS_CHDB)(
  `stores what it acknowledged, once, through ${KILLS} kills`,
  async () => {
    const acknowledged: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const after = kill % 3 === 2 ? -(150 + ((kill * 97) % 500)) : 40 + ((kill * 131) % 700);
      acknowledged.push(...(await killAfter(after)));
    }
    const store = await openEventStore({
      place: { folder: join(folder, "store") },
    });
    const journal = await openJournal({ folder: join(folder, "journal") });
    await storeSegments(journal, store);
    expect(journal.segments()).toEqual([]);
    const ask = async (sql: string) => (await store.query({ sql, parameters: {} })).rows;

    const [[ids, odd] = []] = await ask(
      `SELECT groupArray(toString(batch)), countIf(events != ${BATCH} OR places != ${BATCH}) FROM (SELECT
        \`event.batch\` AS batch, count() AS events, uniqExact(\`event.row\`) AS places FROM events GROUP BY batch)`,
    );
    const stored = new Set(ids as string[]);
    expect(acknowledged.length).toBeGreaterThan(KILLS);
    expect(acknowledged.filter((batch) => !stored.has(batch))).toEqual([]);
    expect(odd).toBe(0);

    const total = stored.size * BATCH;
    expect(
      await ask(
        "SELECT `entity.type`, sum(requests) FROM entity_minutes GROUP BY `entity.type` ORDER BY `entity.type`",
      ),
    ).toEqual([
      ["client.address", total],
      ["user.id", total],
    ]);
    await journal.close();
    await store.close();
  },
  30_000 + KILLS * 5_000,
);
