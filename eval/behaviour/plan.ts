/**
 * What the lab plays. Every attack in every intensity once for each seed, in a handful of runs so that a day has few of
 * them, and one run of each seed without any. Shops differ in size from seed to seed.
 */
import { intensitiesOf } from "../../src/simulate/attacks/attack.ts";
import { ATTACKS } from "../../src/simulate/attacks/table.ts";
import type { SimulateOptions } from "../../src/simulate/options.ts";
import { stream } from "../../src/simulate/random.ts";

export interface Run {
  readonly name: string;
  readonly format: string;
  /** Nobody looks at what is missed with these seeds: they only tell whether the others were fitted. */
  readonly heldOut: boolean;
  readonly options: SimulateOptions;
}

const FORMATS = ["nginx-combined", "vedette"] as const;
const DEVELOPED = [11, 12];
const HELD_OUT = [9001, 9002];
const RUNS_WITH_ATTACKS = 4;
const DAYS = 4;
/** Ordinary requests a day. */
const SIZES = [60_000, 30_000, 110_000] as const;

/** VEDETTE_EVAL_SEEDS=21,22 adds seeds to look at; the held-out ones stay. VEDETTE_EVAL_ATTACKS plays those alone. */
export function planned(): Run[] {
  const extra = (process.env.VEDETTE_EVAL_SEEDS ?? "").split(",").filter(Boolean).map(Number);
  const seeds = [
    ...[...DEVELOPED, ...extra].map((seed) => ({ seed, heldOut: false })),
    ...HELD_OUT.map((seed) => ({ seed, heldOut: true })),
  ];
  return seeds.flatMap(({ seed, heldOut }, i) => {
    const format = FORMATS[i % FORMATS.length] ?? FORMATS[0];
    const size = SIZES[seed % SIZES.length] ?? SIZES[0];
    return selectionsOf(seed, format).map((attacks, part) => ({
      name: `${format}-${seed}-${part}`,
      format,
      heldOut,
      options: {
        seed: seed * 100 + part,
        days: DAYS,
        events: size * DAYS,
        attacks,
        start: Date.UTC(2026, 2, 2 + (seed % 7)),
      },
    }));
  });
}

function selectionsOf(seed: number, format: string): string[] {
  const asked = process.env.VEDETTE_EVAL_ATTACKS;
  if (asked !== undefined) return [asked];
  const all = ATTACKS.filter(({ lab }) => format === "vedette" || lab === undefined).flatMap((attack) =>
    intensitiesOf(attack).map((intensity) => `${attack.name}:${intensity}`),
  );
  const order = stream(seed, "lab").shuffle(all);
  const parts = Array.from({ length: RUNS_WITH_ATTACKS }, (_, part) =>
    order.filter((_, i) => i % RUNS_WITH_ATTACKS === part).join(","),
  );
  return ["none", ...parts];
}
