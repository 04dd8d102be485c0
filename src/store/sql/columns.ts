/** How tables and columns of the schema are read: as they are, but for these. */
import type { Column, TableName } from "../../explore/query/schema.ts";
import { identifier } from "./identifiers.ts";

/** Of detections and incidents the newest version of an id counts (schema/verdict-tables.ts). */
export function tableSql(table: TableName): string {
  return table === "events" ? identifier(table) : `${identifier(table)} FINAL`;
}

/** @param limited whether the reader sees some services only */
export function columnSql(table: TableName, column: Column, limited = false): string {
  if (limited && OF_ANY_SERVICE[table]?.has(column.name)) return "''";
  const special = SPECIAL[table][column.name];
  if (special !== undefined) return special;
  return column.absent === undefined
    ? identifier(column.name)
    : `nullIf(${identifier(column.name)}, ${column.absent})`;
}

/** A verdict on one service may show events of another: those who see some services only do not get these. */
const OF_ANY_SERVICE: Partial<Record<TableName, ReadonlySet<string>>> = { detections: new Set(["samples"]) };

/** Rarely asked for, and not worth columns: from the whole record. */
const FROM_DOCUMENT = {
  members: "JSONExtract(document, 'members', 'Array(String)')",
  member_count: "JSONExtract(document, 'member_count', 'Nullable(Float64)')",
};

const SPECIAL: Readonly<Record<TableName, Readonly<Record<string, string>>>> = {
  // Findings are one array of tuples.
  events: {
    observed_timestamp: "toDateTime64(`observed_timestamp`, 3, 'UTC')",
    "finding.class": "`findings`.`class`",
    "finding.rule": "`findings`.`rule`",
    "finding.location": "`findings`.`location`",
    "finding.evidence": "`findings`.`evidence`",
    "finding.score": "if(empty(`findings`.`score`), NULL, arrayMax(`findings`.`score`))",
  },
  detections: { ...FROM_DOCUMENT, samples: "JSONExtractRaw(document, 'samples')" },
  incidents: {
    ...FROM_DOCUMENT,
    summary: "JSONExtractString(document, 'summary')",
    recommendation: "JSONExtractString(document, 'recommendation')",
  },
};
