import { describe, expect, it } from "vitest";
import { ATTACK_SCORE } from "../../src/event.ts";
import { inspect } from "../../src/inspect/inspect.ts";
import { HALVES } from "./random.ts";
import { benignRequests, KINDS } from "./requests.ts";

const REQUESTS = 300;

describe("ordinary requests of every kind", () => {
  // What is held out of the single values is only counted, by `npm run eval:inspect`: nobody reads what it flags.
  const halves = ({ set }: (typeof KINDS)[number]) =>
    set.startsWith("values: ") ? ["looked" as const] : HALVES;
  it.each(KINDS.flatMap((kind) => halves(kind).map((half) => [kind.set, half, kind] as const)))(
    "%s, %s: none is taken for an attack",
    (_, half, kind) => {
      const flagged = benignRequests(kind, half, REQUESTS).flatMap((event) =>
        inspect(event).filter(({ score }) => score >= ATTACK_SCORE),
      );
      expect(flagged.map(({ rule, location, decoded }) => `${rule} ${location} ${decoded}`)).toEqual([]);
    },
  );

  it("makes the same requests again from the same seed, and others for the other half", () => {
    const [kind] = KINDS;
    if (kind === undefined) throw new Error("There are no kinds.");
    expect(benignRequests(kind, "looked", 5)).toEqual(benignRequests(kind, "looked", 5));
    expect(benignRequests(kind, "looked", 5)).not.toEqual(benignRequests(kind, "held out", 5));
  });
});
