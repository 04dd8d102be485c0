import { type RawBuilder, type SqlBool, sql } from "kysely";

/** It has detections, and none is aimed elsewhere or at no service that is known: as store/sql/scope.ts has it. */
export function within(services: readonly string[]): RawBuilder<SqlBool> {
  const list = JSON.stringify(services);
  const target = sql`json_extract(d.document, '$.target.service')`;
  return sql<SqlBool>`EXISTS (SELECT 1 FROM detections d WHERE d.incident_id = incidents.id)
    AND NOT EXISTS (SELECT 1 FROM detections d WHERE d.incident_id = incidents.id
      AND (${target} IS NULL OR ${target} NOT IN (SELECT value FROM json_each(${list}))))`;
}
