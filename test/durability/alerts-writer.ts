/** A program that changes incidents and sends alerts until it is killed: records (JSON), receiver's URL, first incident. */
import { setImmediate as pause } from "node:timers/promises";
import { openAlerts } from "../../src/respond/alerts.ts";
import { openRecords } from "../../src/store/records/open.ts";
import { changesOf } from "../support/alert-changes.ts";
import { SECRET, settingsOf } from "../support/alert-route.ts";

const [place = "", url = "", first = "0"] = process.argv.slice(2);
const records = await openRecords(JSON.parse(place));
const alerts = openAlerts({
  settings: settingsOf({
    allow_hosts: ["127.0.0.1"],
    routes: [
      {
        name: "ops",
        sink: { kind: "webhook", url, secret: SECRET },
        group_seconds: 0,
        most_per_hour: 10_000,
      },
    ],
  }),
  now: Date.now,
  log: () => {},
});

async function change(): Promise<void> {
  for (let i = Number(first); ; i++) {
    for (const [step, incident] of changesOf(i).entries()) {
      await records.cases.put(incident, [], alerts.announce, Date.now());
      process.stdout.write(`${i} ${step}\n`);
      // The records answer at once: without this nothing else would get a turn.
      await pause();
    }
  }
}

async function send(): Promise<void> {
  const duties = await alerts.duties(records.outbox);
  for (;;) {
    for (const duty of duties) await duty.run();
    await pause();
  }
}

await Promise.all([change(), send()]);
