/** What a reader may see, and the time asked about: joined to every query in this one place. */
import { TABLES, type TableName } from "../../explore/query/schema.ts";
import { tableSql } from "./columns.ts";
import { identifier } from "./identifiers.ts";
import type { Parameters } from "./parameters.ts";

export interface QueryScope {
  /** Milliseconds since the epoch; `from` is included, `to` is not. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The services whose data may be read. With none, nothing is read. */
  readonly services: "all" | readonly string[];
}

/** Conditions that every row must meet, whatever the query says. */
export function scopeConditions(
  table: TableName,
  scope: QueryScope,
  parameters: Parameters,
): readonly string[] {
  const time = identifier(TABLES[table].time);
  const conditions: string[] = [];
  if (scope.from !== undefined) conditions.push(`${time} >= ${parameters.time(scope.from)}`);
  if (scope.to !== undefined) conditions.push(`${time} < ${parameters.time(scope.to)}`);
  if (scope.services !== "all")
    conditions.push(VISIBLE[table](parameters.add("Array(String)", scope.services)));
  return conditions;
}

/** An incident shows only to those who may see every detection it is made of; one without any, to nobody limited. */
const VISIBLE: Readonly<Record<TableName, (services: string) => string>> = {
  events: (services) => `${identifier("service.name")} IN ${services}`,
  detections: (services) => `${identifier("target.service")} IN ${services}`,
  incidents: (services) =>
    `notEmpty(${identifier("detections")}) AND arrayAll(d -> d IN (SELECT id FROM ${tableSql("detections")} ` +
    `WHERE ${identifier("target.service")} IN ${services}), ${identifier("detections")})`,
};
