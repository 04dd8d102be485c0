/**
 * kill -9 while incidents change and alerts go out: each change that is worth a notice is told, each notice is one and
 * the same however often it is sent, and a kill repeats at most the one that was under way.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { openAlerts } from "../../src/respond/alerts.ts";
import { openRecords, type RecordsPlace } from "../../src/store/records/open.ts";
import { SECRET, settingsOf } from "../support/alert-route.ts";
import { bundleProgram } from "../support/bundle.ts";
import { POSTGRES, type PostgresServer, startPostgres } from "../support/postgres-server.ts";
import { openReceiver, type Receiver } from "../support/receiver.ts";

const KILLS = Number(process.env.VEDETTE_KILLS ?? 8);
const folder = mkdtempSync(join(tmpdir(), "vedette-alerts-kill-"));
let program: string;
let receiver: Receiver;
let child: ChildProcess | undefined;

let postgres: PostgresServer | undefined;
beforeAll(async () => {
  program = await bundleProgram("test/durability/alerts-writer.ts");
});
beforeEach(async () => {
  receiver = await openReceiver();
});
afterEach(() => receiver.close());
afterAll(async () => {
  child?.kill("SIGKILL");
  await postgres?.remove();
  rmSync(folder, { recursive: true, force: true });
  rmSync(dirname(program), { recursive: true, force: true });
});

/** Runs the writer and kills it: as a notice arrives and before it is answered, or as a change is recorded. */
async function killAfter(
  place: RecordsPlace,
  count: number,
  moment: "arrival" | "record",
  first: number,
): Promise<string[]> {
  const started = spawn(process.execPath, [program, JSON.stringify(place), receiver.url, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  child = started;
  const gone = new Promise((resolve) => started.once("close", resolve));
  let arrived = 0;
  receiver.answer = () => {
    if (moment === "arrival" && ++arrived >= count) {
      started.kill("SIGKILL");
      return { status: 200, silent: true };
    }
    return { status: 200 };
  };
  let printed = "";
  started.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
    if (moment === "record" && printed.split("\n").length > count) started.kill("SIGKILL");
  });
  await gone;
  return printed.split("\n").slice(0, -1);
}

async function inPostgres(): Promise<RecordsPlace> {
  postgres = await startPostgres();
  return { url: await postgres.newDatabase() };
}
const HOMES: readonly { readonly name: string; readonly make: () => Promise<RecordsPlace> }[] = [
  { name: "SQLite", make: async () => ({ file: join(folder, "records.db") }) },
  ...(POSTGRES === undefined ? [] : [{ name: "PostgreSQL", make: inPostgres }]),
];

it.each(HOMES)(
  `tells each change once through ${KILLS} kills, with records in $name`,
  async ({ make }) => {
    const place = await make();
    const recorded: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const count = 1 + ((kill * 131) % 97);
      recorded.push(...(await killAfter(place, count, kill % 2 === 0 ? "arrival" : "record", kill * 10_000)));
    }
    receiver.answer = { status: 200 };
    const records = await openRecords(place);
    const sink = { kind: "webhook", url: receiver.url, secret: SECRET };
    const settings = settingsOf({
      allow_hosts: ["127.0.0.1"],
      routes: [{ name: "ops", sink, most_per_hour: 10_000 }],
    });
    const alerts = openAlerts({ settings, now: Date.now, log: () => {} });
    for (const duty of await alerts.duties(records.outbox)) await duty.run();
    const counts = await records.outbox.counts();
    await records.close();

    const bodies = new Map<string, Set<string>>();
    for (const { headers, body } of receiver.received) {
      const id = String(headers["idempotency-key"]);
      bodies.set(id, (bodies.get(id) ?? new Set()).add(body));
    }
    expect(recorded.length).toBeGreaterThan(KILLS);
    expect(counts).toEqual({ waiting: 0, sent: bodies.size, dead: 0 });
    expect([...bodies.values()].filter((different) => different.size > 1)).toEqual([]);
    const repeats = receiver.received.length - bodies.size;
    expect(repeats).toBeGreaterThan(0);
    expect(repeats).toBeLessThanOrEqual(KILLS);

    const said = new Map<string, { reason: string; severity: string; outcome: string }[]>();
    for (const [body = ""] of bodies.values()) {
      const { reason, incident } = JSON.parse(body);
      const { id, severity, outcome } = incident;
      said.set(id, [...(said.get(id) ?? []), { reason, severity, outcome }]);
    }
    for (const [id, notices] of said) {
      expect(
        notices.filter(({ reason }) => reason === "new"),
        id,
      ).toHaveLength(1);
      const states = notices.map(({ severity, outcome }) => `${severity} ${outcome}`);
      expect(new Set(states).size, `${id}: ${states}`).toBe(states.length);
    }
    // The last change of an incident stands in its last notice, however many were made one on the way.
    const finished = recorded.filter((line) => line.endsWith(" 3")).map((line) => `i-${line.slice(0, -2)}`);
    expect(finished.length).toBeGreaterThan(0);
    const untold = finished.filter((id) => !said.get(id)?.some(({ outcome }) => outcome === "succeeded"));
    expect(untold).toEqual([]);
  },
  60_000 + KILLS * 5_000,
);
