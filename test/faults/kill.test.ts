/**
 * kill -9 of the whole server under load, again and again, each in the midst of something (kill-moments.ts). What was
 * acknowledged is stored, each event once, whatever its sender repeats; incidents are those of the same events without
 * a kill, and each is told once. The short form; VEDETTE_KILLS=200 is the long one.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { SECRET } from "../support/alert-route.ts";
import { MOMENTS } from "../support/kill-moments.ts";
import { BATCH, startLoad } from "../support/load.ts";
import { openReceiver, type Receiver } from "../support/receiver.ts";
import {
  createRandom,
  freePort,
  type Launched,
  launchProcess,
  type ServerProcess,
} from "../support/server-process.ts";
import { ask, verdicts } from "../support/stored.ts";

const KILLS = Number(process.env.VEDETTE_KILLS ?? (process.env.VEDETTE_SOAK === "1" ? 200 : 5));
const folder = mkdtempSync(join(tmpdir(), "vedette-kill-"));
const file = join(folder, "access.log");
let launched: Launched | undefined;
let receiver: Receiver | undefined;
let abandon = (): void => {};

afterAll(async () => {
  abandon();
  await launched?.kill();
  await receiver?.close();
  rmSync(folder, { recursive: true });
});

/** Tries that a kill has to come in the midst of what it is meant to. */
const MOST_TRIES = 10;

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
  const load = startLoad({ file, syslogPort });
  abandon = load.abandon;
  const launch = () => {
    launched = launchProcess(folder, settings);
    return launched;
  };
  const killing = { folder: join(folder, "data"), load, random, launch };
  const moments = Object.values(MOMENTS);
  for (let kill = 0; kill < KILLS; kill++) {
    const moment = moments[kill % moments.length] ?? MOMENTS.work;
    for (let tries = 1; !(await moment(killing)); tries++) {
      load.url = undefined;
      if (tries === MOST_TRIES) throw new Error(`no kill in the midst of: ${moment.name}`);
    }
    load.url = undefined;
  }
  const server = await launch().started;
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
  expect(told.filter((each) => load.loners.includes(each ?? "")).sort()).toEqual(load.loners.toSorted());

  const { recorded, replayed } = await verdicts(folder);
  expect(recorded).toEqual(replayed);
  const found = new Set(recorded.detections.map(({ entity }) => entity.value));
  expect(load.attackers.filter((attacker) => !found.has(attacker))).toEqual([]);
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
