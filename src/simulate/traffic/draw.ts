import type { Rng } from "../random.ts";

/** One of weighted choices, or undefined with the weight `none`. */
export function draw<T>(choices: readonly (readonly [T, number])[], none: number, rng: Rng): T | undefined {
  let total = none;
  for (const [, weight] of choices) total += weight;
  let rest = rng.unit() * total;
  for (const [choice, weight] of choices) {
    rest -= weight;
    if (rest < 0) return choice;
  }
  return undefined;
}
