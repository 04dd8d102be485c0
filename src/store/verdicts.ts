/** Detections and incidents into their tables: few rows, so as JSON in a parameter. */
import type { Detection, Incident } from "../event.ts";
import type { Engine } from "./clickhouse/engine.ts";
import type { Versions } from "./contract.ts";

/** ClickHouse reads RFC 3339 with a Z. */
const TIME = (name: string) => `parseDateTime64BestEffort(JSONExtractString(row, '${name}'), 3, 'UTC')`;
const TEXT = (name: string) => `JSONExtractString(row, '${name}')`;

const COMMON = `${TEXT("id")}, version, ${TEXT("severity")}, ${TEXT("outcome")},
  JSONExtractString(row, 'entity', 'type'), JSONExtractString(row, 'entity', 'value'),
  ${TIME("first_seen")}, ${TIME("last_seen")}, ${TIME("detected_at")}, JSONExtractUInt(row, 'events')`;
const COMMON_COLUMNS = `id, version, severity, outcome, \`entity.type\`, \`entity.value\`, first_seen, last_seen,
  detected_at, events`;

const ROWS = `FROM (SELECT pair.1 AS row, pair.2 AS version
  FROM (SELECT arrayJoin(arrayZip(JSONExtractArrayRaw({rows:String}), {versions:Array(UInt64)})) AS pair))`;

const INSERT_DETECTIONS = `INSERT INTO detections (${COMMON_COLUMNS}, detector, category, class, confidence,
    \`target.service\`, \`target.endpoint\`, observed, expected, threshold, unit, explanation, document)
  SELECT ${COMMON}, ${TEXT("detector")}, ${TEXT("category")}, ${TEXT("class")}, JSONExtractFloat(row, 'confidence'),
    JSONExtractString(row, 'target', 'service'), JSONExtractString(row, 'target', 'endpoint'),
    JSONExtractFloat(row, 'observed'), JSONExtract(row, 'expected', 'Nullable(Float64)'),
    JSONExtractFloat(row, 'threshold'), ${TEXT("unit")}, ${TEXT("explanation")}, row
  ${ROWS}`;

const INSERT_INCIDENTS = `INSERT INTO incidents (${COMMON_COLUMNS}, title, risk, stages, categories, detections, document)
  SELECT ${COMMON}, ${TEXT("title")}, JSONExtractFloat(row, 'risk'), JSONExtract(row, 'stages', 'Array(String)'),
    JSONExtract(row, 'categories', 'Array(String)'), JSONExtract(row, 'detections', 'Array(String)'), row
  ${ROWS}`;

/** Rows of one statement. */
const MAX_ROWS = 200;

export function putDetections(
  engine: Engine,
  detections: readonly Detection[],
  version: Versions,
): Promise<void> {
  return put(engine, INSERT_DETECTIONS, detections, version);
}

export function putIncidents(
  engine: Engine,
  incidents: readonly Incident[],
  version: Versions,
): Promise<void> {
  return put(engine, INSERT_INCIDENTS, incidents, version);
}

async function put(
  engine: Engine,
  sql: string,
  documents: readonly object[],
  version: Versions,
): Promise<void> {
  const versions = typeof version === "number" ? documents.map(() => version) : version;
  for (let from = 0; from < documents.length; from += MAX_ROWS) {
    const to = from + MAX_ROWS;
    const rows = JSON.stringify(documents.slice(from, to));
    await engine.command(sql, { rows, versions: versions.slice(from, to) });
  }
}
