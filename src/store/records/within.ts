import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from "kysely";
import type { Tables } from "./tables.ts";

/** It has detections, and none is aimed elsewhere or at no service that is known: as store/sql/scope.ts has it. */
export function within(services: readonly string[]) {
  return (where: ExpressionBuilder<Tables, "incidents">): ExpressionWrapper<Tables, "incidents", SqlBool> => {
    const its = where
      .selectFrom("detections")
      .select("detections.id")
      .whereRef("detections.incident_id", "=", "incidents.id");
    const elsewhere = its.where((detection) =>
      detection.or([
        detection("detections.service", "is", null),
        services.length === 0 ? sql<SqlBool>`1 = 1` : detection("detections.service", "not in", services),
      ]),
    );
    return where.and([where.exists(its), where.not(where.exists(elsewhere))]);
  };
}
