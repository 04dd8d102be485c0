/** Our own sets: what is found by class and place, and what is wrongly flagged by body type. */
import { type ApiEvent, ATTACK_SCORE, type FindingClass } from "../../src/event.ts";
import { inspect } from "../../src/inspect/inspect.ts";
import { benignSets, LOCATIONS, ownAttacks, sentValue } from "./own-sets.ts";

export interface Cell {
  readonly samples: number;
  readonly flagged: number;
}

/** Classes whose attacks are requests, names or paths rather than values. */
const NO_VALUES: ReadonlySet<FindingClass> = new Set<FindingClass>([
  "other",
  "webshell",
  "prototype_pollution",
]);

/** Attacks found, by class and then by place: found is a finding of any class at the value's own place. */
export function foundByPlace(): ReadonlyMap<FindingClass, ReadonlyMap<string, Cell>> {
  const table = new Map<FindingClass, Map<string, Cell>>();
  for (const attack of ownAttacks()) {
    if (NO_VALUES.has(attack.class)) continue;
    const row = table.get(attack.class) ?? new Map<string, Cell>();
    table.set(attack.class, row);
    for (const [place, wrap] of Object.entries(LOCATIONS)) {
      const cell = row.get(place) ?? { samples: 0, flagged: 0 };
      const found = isAttack(wrap(attack.value));
      row.set(place, { samples: cell.samples + 1, flagged: cell.flagged + (found ? 1 : 0) });
    }
  }
  return table;
}

/** Benign values flagged, each set where its values belong. */
export function flaggedBySet(): ReadonlyMap<string, Cell> {
  return new Map(benignSets().map(({ name, cases }) => [name, cellOf(cases.map(({ event }) => event))]));
}

/** Benign values flagged, all sets together, by where the value is put. */
export function flaggedByPlace(): ReadonlyMap<string, Cell> {
  const values = benignSets().flatMap(({ cases }) =>
    cases.filter(({ line }) => !line.includes("\t")).map(({ event }) => sentValue(event)),
  );
  return new Map(Object.entries(LOCATIONS).map(([place, wrap]) => [place, cellOf(values.map(wrap))]));
}

/** How many of these are flagged by anything. */
export function cellOf(events: readonly ApiEvent[]): Cell {
  return { samples: events.length, flagged: events.filter(isAttack).length };
}

function isAttack(event: ApiEvent): boolean {
  return inspect(event).some(({ score }) => score >= ATTACK_SCORE);
}
