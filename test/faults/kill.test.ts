/**
 * kill -9 of the whole server under load, again and again: while it takes events, stores them, opens (migration,
 * recovery, replay) and closes (checkpoint). What was acknowledged is stored, each event once, whatever its sender
 * repeats; each incident is told once. The short form; VEDETTE_KILLS=200 is the long one.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { SECRET } from "../support/alert-route.ts";
import { BATCH, type Load, startLoad } from "../support/load.ts";
import { openReceiver, type Receiver } from "../support/receiver.ts";
import { createRandom, freePort, type ServerProcess, startProcess } from "../support/server-process.ts";
import { ask } from "../support/stored.ts";

const KILLS = Number(process.env.VEDETTE_KILLS ?? (process.env.VEDETTE_SOAK === "1" ? 200 : 5));
const folder = mkdtempSync(join(tmpdir(), "vedette-kill-"));
const file = join(folder, "access.log");
let server: ServerProcess | undefined;
let receiver: Receiver | undefined;
let abandon = (): void => {};

afterAll(async () => {
  abandon();
  await server?.kill();
  await receiver?.close();
  rmSync(folder, { recursive: true });
});

/** Every kind of moment in turn, at a random time within it. */
const MOMENTS: readonly ((
  start: () => Promise<ServerProcess>,
  random: () => number,
  load: Load,
) => Promise<void>)[] = [
  async (start, random, load) => {
    server = await start();
    load.url = server.url;
    await worked(load);
    // Segments close after two seconds: the store is then at work on them.
    await sleep(random() * 3_500);
    await server.kill();
  },
  async (start, random) => {
    const opening = start().catch(() => undefined);
    await sleep(50 + random() * 900);
    await (await opening)?.kill();
  },
  async (start, random, load) => {
    server = await start();
    load.url = server.url;
    await worked(load);
    await sleep(random() * 1_000);
    const stopped = server.stop();
    await sleep(random() * 200);
    await server.kill();
    await stopped;
  },
];

/** An attack, and some requests beside it, were taken. */
async function worked(load: Load): Promise<void> {
  const before = load.acknowledged.size;
  const attackers = load.attackers.length;
  load.attack();
  while (load.acknowledged.size < before + 10 || load.attackers.length === attackers) await sleep(10);
}

it("loses no acknowledged event, stores none twice, tells each incident once", {
  timeout: 120_000 + KILLS * 15_000,
}, async () => {
  const random = createRandom(7);
  receiver = await openReceiver();
  const syslogPort = await freePort();
  writeFileSync(file, "");
  const settings = {
    sources: {
      files: [{ paths: [file], from: "start" }],
      syslog: [{ transport: "tcp", port: syslogPort }],
    },
    alerts: {
      allow_hosts: ["127.0.0.1"],
      routes: [
        {
          name: "ops",
          sink: { kind: "webhook", url: receiver.url, secret: SECRET },
          group_seconds: 0,
          most_per_hour: 10_000,
          categories: ["injection"],
        },
      ],
    },
  };
  const start = () => startProcess(folder, settings);
  const load = startLoad({ file, syslogPort });
  abandon = load.abandon;
  for (let kill = 0; kill < KILLS; kill++) {
    await MOMENTS[kill % MOMENTS.length]?.(start, random, load);
    load.url = undefined;
  }
  server = await start();
  load.url = server.url;
  await load.finish();
  await quiet(server, receiver);
  expect(await server.stop()).toBe(0);

  const [requests = [], lines = []] = await ask(folder, [
    `SELECT splitByChar('/', \`url.path\`)[2] AS kind, splitByChar('/', \`url.path\`)[3] AS request, count(),
       uniqExact(\`url.path\`) FROM events WHERE kind NOT IN ('file', 'syslog') GROUP BY kind, request`,
    `SELECT splitByChar('/', \`url.path\`)[2] AS kind, count(), uniqExact(\`url.path\`) FROM events
       WHERE kind IN ('file', 'syslog') GROUP BY kind ORDER BY kind`,
  ]);
  const stored = new Map(
    requests.map(([kind, request, ...counts]) => [`${kind}/${request}`, counts.map(Number)]),
  );
  const kinds = new Set([...load.acknowledged].map((name) => name.split("/")[0]));
  expect([...kinds].sort()).toEqual(["attack", "keyed", "named", "otlp"]);
  expect(load.acknowledged.size).toBeGreaterThan(KILLS * 6);
  expect([...load.acknowledged].filter((name) => stored.get(name)?.[1] !== BATCH)).toEqual([]);
  expect([...stored].filter(([, [all, different]]) => all !== different)).toEqual([]);
  // A file is read from where it was left; of syslog, what was on its way at a kill is lost.
  expect(lines).toEqual([
    ["file", load.fileLines, load.fileLines],
    ["syslog", expect.any(Number), lines[1]?.[1]],
  ]);

  const notices = new Map<string, string>();
  for (const { body } of receiver.received) {
    const { id, reason, incident } = JSON.parse(body);
    const said = `${incident.entity.value} ${reason} ${incident.severity} ${incident.outcome}`;
    // What is repeated after a kill is the same notice under the same id.
    expect(notices.get(id) ?? said).toBe(said);
    notices.set(id, said);
  }
  const said = [...notices.values()];
  expect(said.length - new Set(said).size).toBe(0);
  const told = said.filter((each) => each.includes(" new ")).map((each) => each.split(" ")[0]);
  expect(told.toSorted()).toEqual(load.attackers.toSorted());
});

/** Nothing is under way any more: the file is read to its end, and nothing is left to tell. */
async function quiet(running: ServerProcess, { received }: Receiver): Promise<void> {
  let before = "";
  for (let now = "-"; now !== before; ) {
    before = now;
    await sleep(2_500);
    const { metrics } = running;
    now = `${(await metrics()).get("vedette_intake_events_total")} ${received.length}`;
  }
}
