/** Where attacks come from: the same kinds of networks as everybody else, each address used by one attack alone. */
import { mix, type Rng } from "../random.ts";
import { ipv6In, subnet64 } from "../world/addresses.ts";
import { choose, hostIn, weighted } from "../world/connection.ts";
import { type Provider, type ProviderKind, providersOf } from "../world/providers.ts";

export interface Sources {
  /** A rented server. */
  hosting(rng: Rng): string;
  /** An exit of a commercial VPN. */
  vpn(rng: Rng): string;
  /** A subscriber line anywhere: an infected machine, or a residential proxy. */
  residential(rng: Rng): string;
  /** A subscriber line of one country. */
  home(rng: Rng, country: string): string;
}

export function createSources(): Sources {
  const taken = new Set<string>();
  const hosting = weighted(providersOf("hosting"));
  const vpn = weighted(providersOf("vpn"));
  const everywhere = weighted(providersOf("home"));
  const byCountry = new Map<string, readonly Provider[]>();

  const fresh = (draw: () => string): string => {
    for (let tries = 0; tries < 20; tries++) {
      const address = draw();
      if (taken.has(address)) continue;
      taken.add(address);
      return address;
    }
    return draw();
  };
  const line = (providers: readonly Provider[], rng: Rng): string => {
    const provider = choose(providers, rng.unit());
    // Proxies and bots are reached over IPv4 more often than their owners browse over it.
    if (provider.v6 !== "" && rng.chance(provider.v6Share * 0.3)) {
      const hash = rng.bits();
      return ipv6In(subnet64(provider.v6, hash), mix(hash, 1));
    }
    return hostIn([provider], rng.bits());
  };
  const inCountry = (country: string, kind: ProviderKind): readonly Provider[] => {
    const known = byCountry.get(country);
    if (known !== undefined) return known;
    const providers = weighted(providersOf(kind, country));
    byCountry.set(country, providers);
    return providers;
  };

  return {
    hosting: (rng) => fresh(() => hostIn(hosting, rng.bits())),
    vpn: (rng) => fresh(() => hostIn(vpn, rng.bits())),
    residential: (rng) => fresh(() => line(everywhere, rng)),
    home: (rng, country) => fresh(() => line(inCountry(country, "home"), rng)),
  };
}
