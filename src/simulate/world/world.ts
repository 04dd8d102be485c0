/** Everything that exists before the first request, made from the seed and the sizes asked for. */
import { stream } from "../random.ts";
import { type Catalogue, createCatalogue } from "./catalogue.ts";
import { createNetworks, type Networks } from "./connection.ts";
import { createPeople, type People } from "./people.ts";
import { createSeason, type Season } from "./season.ts";

export interface World {
  readonly seed: number;
  /** Milliseconds since the epoch; the end is not part of the run. */
  readonly start: number;
  readonly end: number;
  /** Ordinary requests wanted over the run. */
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly people: People;
  readonly networks: Networks;
  readonly catalogue: Catalogue;
  readonly season: Season;
}

export interface WorldSize {
  readonly seed: number;
  readonly start: number;
  readonly days: number;
  readonly events: number;
  readonly users: number;
  readonly products: number;
}

export function createWorld(size: WorldSize): World {
  const { seed, start, events } = size;
  const end = start + Math.round(size.days * 86_400_000);
  const people = createPeople(seed, size.users);
  return {
    seed,
    start,
    end,
    events,
    eventsPerSecond: events / Math.max(1, (end - start) / 1000),
    people,
    networks: createNetworks(seed, people),
    catalogue: createCatalogue(seed, size.products, size.users, start),
    season: createSeason(start, end, stream(seed, "season")),
  };
}
