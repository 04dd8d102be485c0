/** Who did what where, from an incident's detections: three columns that stay short however many take part. */
import type { Entity } from "../../../src/event.ts";
import { kindWords, sentence } from "../../../src/report/html/view/words.ts";
import type { Detection } from "../api/answers.ts";

/** Named of a column; what is past it stands together in one last place. */
const NAMED = 8;

export interface Place {
  readonly key: string;
  readonly label: string;
  /** What leads on: an entity's profile, or a detection on the page. */
  readonly entity?: Entity;
  readonly anchor?: string;
  readonly service?: string;
  /** How many it stands for. */
  readonly count: number;
}

export interface Connection {
  /** Places in their columns, from 0. */
  readonly from: number;
  readonly to: number;
  /** Requests. */
  readonly weight: number;
}

export interface Connections {
  readonly who: readonly Place[];
  readonly what: readonly Place[];
  readonly where: readonly Place[];
  readonly whoWhat: readonly Connection[];
  readonly whatWhere: readonly Connection[];
}

interface Weighed extends Place {
  weight: number;
}

type Shown = Pick<
  Detection,
  "id" | "category" | "class" | "entity" | "members" | "member_count" | "target" | "events"
>;

export function connectionsOf(detections: readonly Shown[]): Connections {
  const who = new Map<string, Weighed>();
  const what = new Map<string, Weighed>();
  const where = new Map<string, Weighed>();
  const doing = new Map<string, [string, string, number]>();
  const done = new Map<string, [string, string, number]>();
  for (const detection of detections) {
    const { id, target, events } = detection;
    const label = sentence(kindWords({ category: detection.category, class: detection.class ?? null }));
    weigh(what, { key: label, label, anchor: id, count: 1 }, events);
    const actors = actorsOf(detection);
    const share = events / actors.reduce((sum, { count }) => sum + count, 0);
    for (const actor of actors) {
      weigh(who, actor, share * actor.count);
      connect(doing, actor.key, label, share * actor.count);
    }
    if (target === undefined) continue;
    const key = `${target.service} ${target.endpoint}`;
    weigh(where, { key, label: target.endpoint, service: target.service, count: 1 }, events);
    connect(done, label, key, events);
  }
  const columns = [shortened(who), shortened(what), shortened(where)] as const;
  return {
    who: columns[0].places,
    what: columns[1].places,
    where: columns[2].places,
    whoWhat: between(doing, columns[0].at, columns[1].at),
    whatWhere: between(done, columns[1].at, columns[2].at),
  };
}

/** The sources of a campaign, each by itself as far as they are named; else the entity. */
function actorsOf({ entity, members, member_count }: Shown): readonly Place[] {
  if (members === undefined || members.length === 0)
    return [{ key: `${entity.type} ${entity.value}`, label: entity.value, entity, count: 1 }];
  const named = members.map((value): Place => {
    const member: Entity = { type: "client.address", value };
    return { key: `client.address ${value}`, label: value, entity: member, count: 1 };
  });
  const unnamed = (member_count ?? members.length) - members.length;
  return unnamed > 0 ? [...named, { key: `unnamed ${entity.value}`, label: "", count: unnamed }] : named;
}

function weigh(column: Map<string, Weighed>, place: Place, weight: number): void {
  const known = column.get(place.key);
  if (known === undefined) column.set(place.key, { ...place, weight });
  else known.weight += weight;
}

function connect(links: Map<string, [string, string, number]>, from: string, to: string, weight: number) {
  const key = `${from}\n${to}`;
  const known = links.get(key);
  if (known === undefined) links.set(key, [from, to, weight]);
  else known[2] += weight;
}

function shortened(column: ReadonlyMap<string, Weighed>): {
  readonly places: readonly Place[];
  readonly at: ReadonlyMap<string, number>;
} {
  const named = [...column.values()].filter(({ label }) => label !== "").sort((a, b) => b.weight - a.weight);
  const unnamed = [...column.values()].filter(({ label }) => label === "");
  const whole = named.length <= NAMED && unnamed.length === 0;
  const shown = whole ? named : named.slice(0, NAMED - 1);
  const others = whole ? [] : [...named.slice(NAMED - 1), ...unnamed];
  const at = new Map(shown.map(({ key }, index) => [key, index]));
  for (const { key } of others) at.set(key, shown.length);
  const places: Place[] = shown.map(({ weight: _, ...place }) => place);
  const count = others.reduce((sum, each) => sum + each.count, 0);
  if (count > 0) places.push({ key: "others", label: "others", count });
  return { places, at };
}

function between(
  links: ReadonlyMap<string, readonly [string, string, number]>,
  left: ReadonlyMap<string, number>,
  right: ReadonlyMap<string, number>,
): readonly Connection[] {
  const summed = new Map<string, Connection>();
  for (const [fromKey, toKey, weight] of links.values()) {
    const from = left.get(fromKey) ?? 0;
    const to = right.get(toKey) ?? 0;
    const key = `${from} ${to}`;
    summed.set(key, { from, to, weight: weight + (summed.get(key)?.weight ?? 0) });
  }
  return [...summed.values()];
}
