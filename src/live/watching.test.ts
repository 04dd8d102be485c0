import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { batchOf } from "../../test/support/watched-batch.ts";
import { DETECTORS } from "../detect/detectors.ts";
import { DEFAULT_LIMITS } from "../detect/engine.ts";
import type { Position } from "../journal/position.ts";
import { openWatching, type Watching, type WatchingOptions } from "./watching.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vedette-watching-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const START = Date.UTC(2026, 2, 2, 10);
const EVENTS = 3;

const open = (name: string, keep: WatchingOptions["keep"] = async () => {}): Promise<Watching> =>
  openWatching({
    folder: join(folder, name),
    detectors: DETECTORS,
    limits: DEFAULT_LIMITS,
    networks: undefined,
    log: () => {},
    keep,
    keepExpected: async () => {},
  });
const requestsOf = ({ watch }: Watching) =>
  watch.engine.endpoints.services.reduce((sum, { requests }) => sum + requests, 0);

it("saves the engine as it stood at one place, whatever comes while it is written", async () => {
  for (let turns = 0; turns < 200; turns += 5) {
    const watching = await open(`after ${turns} turns`);
    let seen: Position = { segment: 1, offset: 0 };
    const take = (number: number) => {
      const times = Array.from({ length: EVENTS }, (_, i) => START + number * 60_000 + i);
      watching.accept(batchOf(START + number * 60_000, times, "id=1"), { segment: 1, offset: number });
      seen = { segment: 1, offset: number };
    };
    take(1);
    const saving = watching.checkpoint(() => seen, "now");
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    take(2);
    take(3);
    await saving;
    expect(requestsOf(watching)).toBe(3 * EVENTS);
    const again = await open(`after ${turns} turns`);
    expect(again.checkpointed).toEqual(watching.checkpointed);
    expect(requestsOf(again)).toBe(again.checkpointed.offset * EVENTS);
  }
});

it("lets others have their turn when hundreds of incidents are new at once", async () => {
  let kept = 0;
  const watching = await open("many", async (changes) => {
    kept += changes.length;
    // A record takes a while and answers within the turn, as SQLite does.
    const until = performance.now() + changes.length;
    while (performance.now() < until);
  });
  for (let i = 0; i < 200; i++) {
    const at = START + i * 10;
    const times = [at, at + 1, at + 2];
    const batch = batchOf(at, times, "id=1%27;cat+/etc/passwd", `198.51.100.${i}`, `service ${i}`);
    watching.accept(batch, { segment: 1, offset: i + 1 });
  }
  let turns = 0;
  let done = false;
  const count = () => {
    turns++;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  await watching.record();
  done = true;
  expect(kept).toBe(200);
  expect(turns).toBeGreaterThan(10);
});
