import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { batchOf } from "../../test/support/watched-batch.ts";
import { DETECTORS } from "../detect/detectors.ts";
import { DEFAULT_LIMITS } from "../detect/engine.ts";
import type { Position } from "../journal/position.ts";
import { openWatching, type Watching } from "./watching.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vedette-watching-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const START = Date.UTC(2026, 2, 2, 10);
const EVENTS = 3;

const open = (name: string): Promise<Watching> =>
  openWatching({
    folder: join(folder, name),
    detectors: DETECTORS,
    limits: DEFAULT_LIMITS,
    networks: undefined,
    log: () => {},
    keep: async () => {},
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
