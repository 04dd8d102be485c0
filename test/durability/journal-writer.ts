/** A process to kill: appends numbered batches as fast as it can and prints each number once it is acknowledged. */
import { writeSync } from "node:fs";
import { openJournal } from "../../src/journal/journal.ts";

const [folder = "", first = "0"] = process.argv.slice(2);
const journal = await openJournal({ folder, segmentBytes: 200_000, segmentAge: 50 });
let next = Number(first);

async function appendForEver(): Promise<void> {
  for (;;) {
    const number = next++;
    const payload = Buffer.alloc(200 + ((number * 7919) % 5000), number & 0xff);
    await journal.append({
      batch: BigInt(number),
      events: 1,
      minTime: number,
      maxTime: number,
      key: `key ${number}`,
      facts: new Uint8Array(0),
      payload,
    });
    writeSync(1, `${number}\n`);
  }
}

await Promise.all(Array.from({ length: 16 }, appendForEver));
