import { plural } from "../../../src/report/format-values.ts";
import type { Incident } from "../api/answers.ts";

type Told = Pick<Incident, "id" | "entity" | "members" | "merged_into">;

/** Those with the same entity first, then by how many sources they share; what became a part of another is left out. */
export function relatedTo<T extends Told>(
  incident: Told,
  others: readonly T[],
): readonly { readonly other: T; readonly shared: string }[] {
  const own = new Set(sourcesOf(incident));
  return others
    .filter(({ id, merged_into }) => id !== incident.id && merged_into === null)
    .map((other) => ({
      other,
      same: other.entity.type === incident.entity.type && other.entity.value === incident.entity.value,
      sources: sourcesOf(other).filter((each) => own.has(each)).length,
    }))
    .filter(({ same, sources }) => same || sources > 0)
    .sort((a, b) => Number(b.same) - Number(a.same) || b.sources - a.sources)
    .map(({ other, same, sources }) => ({
      other,
      shared: same ? "The same entity" : plural(sources, "shared source"),
    }));
}

function sourcesOf({ entity, members }: Told): readonly string[] {
  return members ?? (entity.type === "client.address" ? [entity.value] : []);
}
