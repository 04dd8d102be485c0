/**
 * Networks whose addresses say nothing about where a person is: rented servers, VPN providers, corporate security
 * clouds and privacy relays, by the numbers of their autonomous systems (as registered with the RIRs). A list of the
 * large ones: a network that is missing is taken for one of people.
 */
import { systemAt } from "../normalize/place.ts";

const RELAYS: ReadonlySet<number> = new Set([
  // Clouds and rented servers.
  16_509, 14_618, 15_169, 396_982, 8_075, 14_061, 16_276, 24_940, 212_317, 213_230, 63_949, 20_473, 31_898,
  132_203, 45_090, 45_102, 37_963, 55_990, 136_907, 36_351, 12_876, 8_560, 6_724, 51_167, 197_540, 214_996,
  28_753, 60_781, 47_583, 202_053, 36_007, 36_352, 7_979, 49_981, 35_916, 29_802, 53_667, 25_820, 30_058,
  8_100, 40_676, 46_562, 6_233, 9_123, 210_644, 202_425, 204_957, 215_540, 26_042, 62_563,
  // Networks that VPN providers and residential proxies rent or run.
  9_009, 60_068, 212_238, 136_787, 147_049, 209_103, 62_371, 39_351, 203_020, 207_990, 62_240, 137_409,
  11_878, 198_605, 199_524, 41_378, 206_092,
  // Security clouds of companies, and privacy relays of browsers and systems.
  22_616, 62_044, 53_813, 55_256, 13_335, 54_113, 36_183, 20_940,
]);

export function isRelay(place: number): boolean {
  const system = systemAt(place);
  return system !== undefined && RELAYS.has(system);
}
