/** What the machines of a botnet call themselves: real browsers of some months ago, evenly mixed, which visitors are not. */
import type { Rng } from "../random.ts";

const SYSTEMS = [
  "Windows NT 10.0; Win64; x64",
  "Macintosh; Intel Mac OS X 10_15_7",
  "X11; Linux x86_64",
  "Windows NT 6.1; Win64; x64",
] as const;

export function botnetAgents(rng: Rng, count: number): readonly string[] {
  return Array.from({ length: count }, () => {
    const system = rng.pick(SYSTEMS);
    const version = 118 + rng.below(22);
    return rng.chance(0.8)
      ? `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`
      : `Mozilla/5.0 (${system}; rv:${version - 4}.0) Gecko/20100101 Firefox/${version - 4}.0`;
  });
}
