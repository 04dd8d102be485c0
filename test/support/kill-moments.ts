/**
 * Moments in which a server is killed: while it works, opens and closes; and, as the disk shows, while the store
 * takes a segment and while its schema is brought up to date.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { MIGRATIONS } from "../../src/store/schema/migrations.ts";
import type { Load } from "./load.ts";
import type { Launched, ServerProcess } from "./server-process.ts";

export interface Killing {
  /** Its data. */
  readonly folder: string;
  readonly load: Load;
  /** From 0 to 1. */
  readonly random: () => number;
  launch(): Launched;
}

/** Starts a server and kills it. @returns whether that was in the midst of what the moment is called */
type Moment = (killing: Killing) => Promise<boolean>;

export const MOMENTS = { work, opening, closing, flush, migration } as const satisfies Record<string, Moment>;

/** Milliseconds until a segment goes into the store, or a migration begins, at most. */
const PATIENCE = 30_000;
const LOOK_EVERY_MS = 2;

async function work(killing: Killing): Promise<boolean> {
  const server = await underLoad(killing);
  await sleep(killing.random() * 3_500);
  await server.kill();
  return true;
}

async function opening({ launch, random }: Killing): Promise<boolean> {
  const { started, kill } = launch();
  const opened = started.then(
    () => true,
    () => false,
  );
  await sleep(50 + random() * 900);
  await kill();
  return !(await opened);
}

async function closing(killing: Killing): Promise<boolean> {
  const server = await underLoad(killing);
  await sleep(killing.random() * 1_000);
  const stopped = server.stop();
  await sleep(killing.random() * 200);
  await server.kill();
  // What was killed has no exit code.
  return (await stopped) === null;
}

/** Between a segment's two names: the journal has noted that its way into the store has begun. */
async function flush(killing: Killing): Promise<boolean> {
  const server = await underLoad(killing);
  const journal = join(killing.folder, "journal");
  const storing = () => readdirSync(journal).some((name) => name.endsWith(".storing"));
  await until(storing);
  await sleep(killing.random() * 60);
  await server.kill();
  return storing();
}

/** Between two steps, as each leaves a part in the table of versions when it is done. */
async function migration({ folder, launch, random }: Killing): Promise<boolean> {
  const clickhouse = join(folder, "store", "clickhouse");
  forgetVersions(clickhouse);
  const steps = () => stepsIn(join(clickhouse, "data", "vedette", "schema_versions"));
  const done = 1 + Math.floor(random() * (MIGRATIONS.length - 1));
  const { started, kill } = launch();
  started.catch(() => {});
  await until(() => steps() >= done);
  await sleep(random() * 20);
  await kill();
  return steps() < MIGRATIONS.length;
}

/** As if the store were new to migrations; its tables and what is in them stay. */
function forgetVersions(clickhouse: string): void {
  if (!existsSync(clickhouse)) return;
  const program = `
    const { Session } = await import("chdb");
    const store = new Session(process.argv[1]);
    store.query("TRUNCATE TABLE IF EXISTS vedette.schema_versions");
    store.close();`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program, clickhouse], {
    encoding: "utf8",
    cwd: import.meta.dirname,
  });
  if (status !== 0) throw new Error(`the versions of the schema stay: ${stderr}`);
}

function stepsIn(table: string): number {
  if (!existsSync(table)) return 0;
  return readdirSync(table).filter((name) => /^all_\d+_\d+_0/.test(name)).length;
}

async function underLoad({ launch, load }: Killing): Promise<ServerProcess> {
  const server = await launch().started;
  load.url = server.url;
  const before = load.acknowledged.size;
  const attackers = load.attackers.length;
  load.attack();
  while (load.acknowledged.size < before + 10 || load.attackers.length === attackers) await sleep(10);
  return server;
}

async function until(is: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (!is()) {
    if (performance.now() > end) throw new Error("the moment to kill did not come");
    await sleep(LOOK_EVERY_MS);
  }
}
