/** What one entity asked for, minute by minute, from the rollups: no event is read. */
import { Parameters } from "./parameters.ts";
import type { ReadRows } from "./query.ts";
import type { QueryScope } from "./scope.ts";

/** The entities that have rollups (schema/rollups.ts). */
export const ROLLED_UP = ["client.address", "user.id", "api_key.fingerprint"] as const;
export type RolledUp = (typeof ROLLED_UP)[number];

export interface EntityCounts {
  readonly requests: number;
  readonly client_errors: number;
  readonly server_errors: number;
  /** Requests that carried an attack. */
  readonly attacks: number;
  readonly response_bytes: number;
}

export interface EntityActivity {
  readonly total: EntityCounts;
  /** RFC 3339; null when there is nothing. */
  readonly first_seen: string | null;
  readonly last_seen: string | null;
  /** Busiest first. */
  readonly services: readonly (EntityCounts & { readonly service: string })[];
  /** In order of time; only those with requests. */
  readonly buckets: readonly (EntityCounts & { readonly time: string })[];
}

const COUNTS = ["requests", "client_errors", "server_errors", "attacks", "response_bytes"] as const;
const SUMS = COUNTS.map((name) => `toFloat64(sum(${name}))`).join(", ");
const MOST_SERVICES = 100;
const MOST_BUCKETS = 2_000;

/**
 * @param scope its times are kept by the minute
 * @param stepSeconds length of a bucket
 */
export async function entityActivity(
  entity: { readonly type: RolledUp; readonly value: string },
  scope: QueryScope,
  stepSeconds: number,
  read: ReadRows,
): Promise<EntityActivity> {
  const parameters = new Parameters();
  const conditions = [
    `\`entity.type\` = ${parameters.text(entity.type)}`,
    `\`entity.value\` = ${parameters.text(entity.value)}`,
  ];
  if (scope.from !== undefined) conditions.push(`minute >= ${parameters.time(scope.from)}`);
  if (scope.to !== undefined) conditions.push(`minute < ${parameters.time(scope.to)}`);
  if (scope.services !== "all")
    conditions.push(`\`service.name\` IN ${parameters.add("Array(String)", scope.services)}`);
  const source = `FROM entity_minutes WHERE ${conditions.join(" AND ")}`;
  const step = parameters.add("Int64", stepSeconds);
  const ask = async (sql: string) => (await read({ sql, parameters: parameters.values })).rows;

  const [totals, services, buckets] = await Promise.all([
    ask(`SELECT ${SUMS}, toUnixTimestamp(min(minute)), toUnixTimestamp(max(minute)) ${source}`),
    ask(
      `SELECT ${SUMS}, \`service.name\` ${source} GROUP BY \`service.name\` ORDER BY sum(requests) DESC LIMIT ${MOST_SERVICES}`,
    ),
    ask(
      `SELECT ${SUMS}, intDiv(toUnixTimestamp(minute), ${step}) * ${step} AS bucket ${source} GROUP BY bucket ORDER BY bucket LIMIT ${MOST_BUCKETS}`,
    ),
  ]);
  const [row = []] = totals;
  const total = countsOf(row);
  const seen = total.requests > 0;
  return {
    total,
    first_seen: seen ? timeOf(row[5]) : null,
    last_seen: seen ? timeOf(row[6]) : null,
    services: services.map((each) => ({ service: String(each[5]), ...countsOf(each) })),
    buckets: buckets.map((each) => ({ time: timeOf(each[5]), ...countsOf(each) })),
  };
}

function countsOf(row: readonly unknown[]): EntityCounts {
  const [requests = 0, client_errors = 0, server_errors = 0, attacks = 0, response_bytes = 0] =
    row.map(Number);
  return { requests, client_errors, server_errors, attacks, response_bytes };
}

function timeOf(seconds: unknown): string {
  return new Date(Number(seconds) * 1000).toISOString();
}
