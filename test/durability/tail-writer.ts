/** A process to kill: follows a folder's logs and records on disk what it took. */
import { writeSync } from "node:fs";
import { join } from "node:path";
import { createOffsetFile } from "../../src/capture/live/tail/offset-store.ts";
import { openTail } from "../../src/capture/live/tail.ts";
import { liveIntake } from "../support/live-intake.ts";

const [folder = ""] = process.argv.slice(2);
const intake = liveIntake(join(folder, "taken.ndjson"));
const tail = openTail({
  paths: [join(folder, "*.log*")],
  intake: {
    async accept(batch) {
      const receipt = await intake.accept(batch);
      writeSync(1, `${receipt.accepted}\n`);
      return receipt;
    },
  },
  offsets: createOffsetFile(join(folder, "state/offsets.json")),
  pollEvery: 20,
});
tail.start();
