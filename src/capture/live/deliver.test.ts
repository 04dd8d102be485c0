import { expect, it } from "vitest";
import { VedetteError } from "../../errors.ts";
import { deliver } from "./deliver.ts";
import { newHealth } from "./health.ts";
import type { Intake, IntakeBatch } from "./intake.ts";

const batch = (): IntakeBatch => ({
  source: "/var/log/access.log",
  choice: {
    format: "vedette",
    envelope: "none",
    options: { zoneMinutes: 0, newest: 0 },
    records: "lines",
    fallbacks: [],
  },
  bytes: new Uint8Array(Buffer.from("one\ntwo\nthree\n")),
});

/** Throws so often, then takes what comes. */
function failing(times: number, code: "JOURNAL_FULL" | "INTERNAL"): Intake & { asked: number } {
  const intake = {
    asked: 0,
    async accept() {
      if (intake.asked++ < times) throw new VedetteError(code, "it is told to");
      return { accepted: 3, ignored: 0, rejected: 0, foreign: 0, rejections: [] };
    },
  };
  return intake;
}

const options = (intake: Intake) => ({
  intake,
  health: newHealth("/var/log/access.log", "tail"),
  clock: () => 7,
  signal: new AbortController().signal,
  retryAfter: 1,
});

it("waits for a disk and a store as long as it takes", async () => {
  const intake = failing(9, "JOURNAL_FULL");
  const given = options(intake);
  expect(await deliver(batch(), given)).toMatchObject({ accepted: 3, rejected: 0 });
  expect(intake.asked).toBe(10);
  expect(given.health).toMatchObject({
    state: "running",
    events: 3,
    lastError: { message: "it is told to" },
  });
});

it("gives up a batch that breaks its reader each time, and counts its lines", async () => {
  const intake = failing(Number.POSITIVE_INFINITY, "INTERNAL");
  const given = options(intake);
  expect(await deliver(batch(), given)).toMatchObject({ accepted: 0, rejected: 3 });
  expect(intake.asked).toBe(5);
  expect(given.health).toMatchObject({
    state: "running",
    rejected: 3,
    lastError: { message: "it is told to" },
  });
});
