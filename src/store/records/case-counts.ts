/** How many incidents are open, for whoever wants to know whether there is something to do. */
import type { Kysely } from "kysely";
import { SEVERITIES, type Severity } from "../../event.ts";
import type { Tables } from "./tables.ts";
import { within } from "./within.ts";

/** Of open incidents. */
export interface CaseCounts {
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** Of them, medium or graver, that succeeded or probably did. */
  readonly succeeded: number;
  readonly probablySucceeded: number;
  /** Of all, those that sample traffic brought. */
  readonly sample: number;
}

/** @param services as in CaseFilter */
export async function caseCounts(db: Kysely<Tables>, services?: readonly string[]): Promise<CaseCounts> {
  let query = db
    .selectFrom("incidents")
    .select(["severity", "sample", "outcome", db.fn.countAll<number>().as("n")])
    .where("state", "=", "open")
    .groupBy(["severity", "sample", "outcome"]);
  if (services !== undefined) query = query.where(within(services));
  const rows = await query.execute();
  const sum = (of: (row: (typeof rows)[number]) => boolean) =>
    rows.reduce((all, row) => all + (of(row) ? row.n : 0), 0);
  const grave = SEVERITIES.indexOf("medium");
  return {
    bySeverity: Object.fromEntries(
      SEVERITIES.map((name, i) => [name, sum(({ severity }) => severity === i)]),
    ) as Record<Severity, number>,
    succeeded: sum((row) => row.severity >= grave && row.outcome === "succeeded"),
    probablySucceeded: sum((row) => row.severity >= grave && row.outcome === "probably_succeeded"),
    sample: sum(({ sample }) => sample === 1),
  };
}
