/**
 * Finds out which path of a record is which event field, from names and values of sample records, and says why.
 * Used for JSON lines, logfmt and CSV whose format nobody named.
 */
import type { FieldMapping, MappedField } from "../../format.ts";
import type { JsonObject } from "../json/path.ts";
import { collectLeaves, type Leaf } from "./leaves.ts";
import { FIELD_NAMES, FOREIGN } from "./names.ts";
import { durationUnit } from "./units.ts";
import { fitsField, isPresent, namesUnit, TELLING } from "./values.ts";

export interface MappedPath {
  readonly field: MappedField;
  /** Path in the record, with alternatives and unit as in a mapping. */
  readonly path: string;
  /** For a person: why this path. */
  readonly reason: string;
}

export interface Recognition {
  readonly mapping: FieldMapping;
  readonly paths: readonly MappedPath[];
}

interface Candidate {
  readonly leaf: Leaf;
  readonly score: number;
  readonly reason: string;
}

/** Fields in the order in which they choose: those that make a request first. */
const FIELDS = Object.keys(FIELD_NAMES) as readonly MappedField[];
const RANKS = new Map(FIELDS.map((field) => [field, ranksOf(FIELD_NAMES[field] ?? "")]));
/** Records looked at; names and shapes of values show in few. */
const MOST_RECORDS = 60;
/** Share of present values that must fit. */
const FIT = 0.6;
/** Fields that may lie under one path together: a path may hold its query. */
const SHARED: ReadonlySet<MappedField> = new Set([
  "http.request.headers.x-forwarded-for",
  "url.scheme",
  "http.request.headers",
  "http.response.headers",
]);

function ranksOf(names: string): ReadonlyMap<string, number> {
  const list = names.toLowerCase().split(" ");
  return new Map(list.map((name, i) => [name, 1 - (0.6 * i) / list.length] as const).reverse());
}

export function recogniseFields(sample: readonly JsonObject[]): Recognition {
  const records = spread(sample);
  const leaves = collectLeaves(records);
  const taken = new Set<string>();
  const paths: MappedPath[] = [];
  for (const field of FIELDS) {
    const candidates = leaves
      .flatMap((leaf) => (taken.has(leaf.path) && !SHARED.has(field) ? [] : candidate(field, leaf)))
      .toSorted((a, b) => b.score - a.score);
    const [best] = candidates;
    if (best === undefined) continue;
    const also = alternative(best, candidates.slice(1), records.length);
    const unit =
      field === "duration_ms" ? durationUnit(best.leaf.path, best.leaf.values.filter(isPresent)) : undefined;
    const suffix = unit === undefined ? "" : `:${unit.unit}`;
    for (const { leaf } of [best, ...also]) taken.add(leaf.path);
    paths.push({
      field,
      path: [best, ...also].map(({ leaf }) => `${leaf.path}${suffix}`).join("|"),
      reason: unit === undefined ? best.reason : `${best.reason}; ${unit.reason}`,
    });
  }
  return { mapping: Object.fromEntries(paths.map(({ field, path }) => [field, path])), paths };
}

/** As many records as are looked at, from all over the sample. */
function spread(sample: readonly JsonObject[]): readonly JsonObject[] {
  if (sample.length <= MOST_RECORDS) return sample;
  return Array.from(
    { length: MOST_RECORDS },
    (_, i) => sample[Math.floor((i * sample.length) / MOST_RECORDS)] ?? {},
  );
}

function candidate(field: MappedField, leaf: Leaf): readonly Candidate[] {
  const present = leaf.values.filter(isPresent);
  if (present.length === 0) return [];
  const fitting = present.filter((value) => fitsField(field, value)).length;
  const share = fitting / present.length;
  const name = nameScore(field, leaf.names);
  if (name > 0 && share >= FIT) {
    const reason = `the name, and ${fitting} of ${present.length} values fit`;
    const clear = field === "duration_ms" && present.every(namesUnit) ? 1.5 : 1;
    return [{ leaf, score: name * share * clear * (0.9 + 0.1 * Math.min(1, present.length / 20)), reason }];
  }
  const telling = TELLING[field];
  if (telling === undefined || isForeign(field, leaf.names) || leaf.names.includes("headers")) return [];
  const told = present.filter(telling.tells).length;
  if (told / present.length < 0.9) return [];
  return [
    {
      leaf,
      score: (0.2 * told) / present.length,
      reason: `${told} of ${present.length} values are ${telling.words}`,
    },
  ];
}

/** 0 when the name says nothing; a path of two known segments counts more than its last alone. */
function nameScore(field: MappedField, names: readonly string[]): number {
  const ranks = RANKS.get(field);
  const [last = "", before] = field === "duration_ms" ? withoutUnit(names, ranks) : names.toReversed();
  const own = ranks?.get(last) ?? 0;
  const joined =
    before === undefined ? 0 : (ranks?.get(`${before}.${last}`) ?? ranks?.get(before + last) ?? 0);
  const score = Math.max(own * (before === undefined || isAboutRequest(before) ? 1 : 0.8), joined * 1.05);
  if (score === 0 || isMisplaced(field, before)) return 0;
  return isForeign(field, names) ? score * 0.2 : score;
}

const UNIT_ENDINGS = [
  "milliseconds",
  "microseconds",
  "nanoseconds",
  "seconds",
  "secs",
  "sec",
  "millis",
  "micros",
  "nanos",
  "msec",
  "usec",
  "ms",
  "us",
  "ns",
  "s",
];

/** Last and last but one segment; a unit at the end of a duration's name is not part of it. */
function withoutUnit(
  names: readonly string[],
  ranks: ReadonlyMap<string, number> | undefined,
): readonly string[] {
  const [last = "", ...before] = names.toReversed();
  if (ranks === undefined || ranks.has(last)) return [last, ...before];
  const ending = UNIT_ENDINGS.find((unit) => last.endsWith(unit) && ranks.has(last.slice(0, -unit.length)));
  return [ending === undefined ? last : last.slice(0, -ending.length), ...before];
}

function isAboutRequest(name: string): boolean {
  return /^(?:request|req|response|res|resp|http|httprequest|headers|ctx|context|attributes|fields|properties|client|event|access|accesslog)$/.test(
    name,
  );
}

/** A length under `response` is not the request's. */
function isMisplaced(field: MappedField, before: string | undefined): boolean {
  if (before === undefined) return false;
  if (/^http\.request\.|^url\.|^user_agent/.test(field))
    return /^(?:response|res|resp|upstream)/.test(before);
  return field.startsWith("http.response.") && /^(?:request|req)(?:headers)?$/.test(before);
}

function isForeign(field: MappedField, names: readonly string[]): boolean {
  const foreign = FOREIGN[field];
  return foreign !== undefined && names.some((name) => foreign.test(name));
}

/** Further paths for records that lack the best one, when together they cover more. */
function alternative(best: Candidate, others: readonly Candidate[], records: number): readonly Candidate[] {
  const has = new Set(best.leaf.records.filter((_record, i) => isPresent(best.leaf.values[i])));
  if (has.size === records) return [];
  const other = others.find(
    ({ leaf, score }) =>
      score >= best.score * 0.5 &&
      leaf.records.some((record, i) => !has.has(record) && isPresent(leaf.values[i])),
  );
  return other === undefined ? [] : [other];
}
