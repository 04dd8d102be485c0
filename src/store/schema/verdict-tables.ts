/**
 * Detections and incidents beside the events, for questions that join them. The records (SQLite) decide what an
 * incident's state is; these are their copies. Every version is a row, and the views show the newest of each id.
 */
import { DURABLE } from "./event-table.ts";

const FEW = "LowCardinality(String)";
const TIME = "DateTime64(3, 'UTC')";

type Columns = readonly (readonly [name: string, type: string])[];

/** Names and types as `explore/query/schema-verdicts.ts` has them; a test asks for every one. */
const COMMON: Columns = [
  ["id", "String"],
  ["severity", FEW],
  ["outcome", FEW],
  ["entity.type", FEW],
  ["entity.value", "String"],
  ["members", "Array(String)"],
  ["member_count", "Nullable(UInt64)"],
  ["first_seen", TIME],
  ["last_seen", TIME],
  ["detected_at", TIME],
  ["events", "UInt64"],
];

const VERDICTS = {
  detections: [
    ...COMMON,
    ["detector", FEW],
    ["category", FEW],
    ["class", FEW],
    ["confidence", "Float64"],
    ["target.service", FEW],
    ["target.endpoint", FEW],
    ["observed", "Float64"],
    ["expected", "Nullable(Float64)"],
    ["threshold", "Float64"],
    ["unit", FEW],
    ["explanation", "String"],
    ["samples", "String"],
  ],
  incidents: [
    ...COMMON,
    ["title", "String"],
    ["risk", "Float64"],
    ["services", `Array(${FEW})`],
    ["stages", `Array(${FEW})`],
    ["categories", `Array(${FEW})`],
    ["detections", "Array(String)"],
    ["summary", "String"],
    ["recommendation", "String"],
  ],
} as const satisfies Record<string, Columns>;

export type VerdictTable = keyof typeof VERDICTS;

export function createVerdictTables(): string[] {
  return (Object.keys(VERDICTS) as VerdictTable[]).flatMap((name) => {
    const columns = VERDICTS[name].map(([column, type]) => `\`${column}\` ${type} CODEC(ZSTD(1))`);
    return [
      `CREATE TABLE IF NOT EXISTS ${name}_versions (${columns.join(", ")}, version UInt64)
        ENGINE = ReplacingMergeTree(version) ORDER BY id SETTINGS ${DURABLE}`,
      `CREATE VIEW IF NOT EXISTS ${name} AS SELECT * FROM ${name}_versions FINAL`,
    ];
  });
}

/** Takes {rows:Array(String)}, each a verdict as JSON, and {version:UInt64}. */
export function insertVerdicts(name: VerdictTable): string {
  const columns = VERDICTS[name];
  const names = columns.map(([column]) => `\`${column}\``);
  return `INSERT INTO ${name}_versions (${names.join(", ")}, version)
    SELECT ${columns.map(([column, type]) => fromJson(column, type)).join(", ")}, {version:UInt64}
    FROM (SELECT arrayJoin({rows:Array(String)}) AS row)`;
}

/** "target.service" is `service` within `target`. ClickHouse reads RFC 3339 as best effort. */
function fromJson(column: string, type: string): string {
  const path = column
    .split(".")
    .map((key) => `'${key}'`)
    .join(", ");
  if (column === "samples") return `JSONExtractRaw(row, ${path})`;
  if (type === TIME) return `parseDateTime64BestEffort(JSONExtractString(row, ${path}), 3, 'UTC')`;
  const plain = type.replace(FEW, "String");
  return `JSONExtract(row, ${path}, '${plain}')`;
}
