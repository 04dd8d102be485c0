/**
 * Minutes, added up as segments arrive: what dashboards read instead of events. Filled by one statement a segment
 * and not by ClickHouse's materialised views: a view's insert and its table's are two commits, and a kill between
 * them leaves one of them for ever. Here each row keeps the highest segment that went into it (`origin`), so that
 * the store can ask after a crash whether a segment has been added.
 */
import { DURABLE } from "./event-table.ts";

export interface Rollup {
  readonly table: string;
  readonly create: string;
  /** Adds the events of the batches {first:UInt64} to {last:UInt64} that are in {batches:Array(UInt64)}. */
  readonly fill: string;
}

const SUM = "SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1))";
const COUNTS = `requests ${SUM}, client_errors ${SUM}, server_errors ${SUM}, attacks ${SUM}, response_bytes ${SUM}`;
const ORIGIN = "origin SimpleAggregateFunction(max, UInt64) CODEC(ZSTD(1)), arrived Date CODEC(ZSTD(1))";

const COUNTED = `count(), countIf(\`http.response.status_code\` BETWEEN 400 AND 499),
  countIf(\`http.response.status_code\` >= 500), countIf(arrayExists(score -> score >= 0.5, findings.score)),
  sum(ifNull(\`http.response.body.size\`, 0))`;
const OF_SEGMENT = `FROM events WHERE \`event.batch\` BETWEEN {first:UInt64} AND {last:UInt64}
  AND has({batches:Array(UInt64)}, \`event.batch\`)`;
const MINUTE = "toStartOfMinute(timestamp, 'UTC') AS minute_of";
const ARRIVED = "{segment:UInt64}, toStartOfMonth(min(observed_timestamp))";

/** By the month in which events arrived: no sender's clock makes partitions. */
function table(name: string, columns: string, order: string): string {
  return `CREATE TABLE IF NOT EXISTS ${name} (${columns}, ${ORIGIN})
    ENGINE = AggregatingMergeTree PARTITION BY arrived ORDER BY (${order}) SETTINGS ${DURABLE}`;
}

/** Of versions 1 to 4: what they hold is counted from the events as quickly. */
export const ENDPOINT_MINUTES = table(
  "endpoint_minutes",
  `minute DateTime('UTC') CODEC(Delta(4), ZSTD(1)), \`service.name\` LowCardinality(String),
   \`http.route\` LowCardinality(String), \`http.request.method\` LowCardinality(String), ${COUNTS},
   request_bytes ${SUM}, duration AggregateFunction(quantilesTDigest(0.5, 0.9, 0.99), Float32),
   clients AggregateFunction(uniqCombined(12), String)`,
  "`service.name`, `http.route`, `http.request.method`, minute",
);
/** Half of what an endpoint's minute took on disk. */
export const COMPRESS_SKETCHES = `ALTER TABLE endpoint_minutes
  MODIFY COLUMN duration CODEC(ZSTD(1)), MODIFY COLUMN clients CODEC(ZSTD(1))`;
export const DROP_ENDPOINT_MINUTES = "DROP TABLE IF EXISTS endpoint_minutes SYNC";

export const ROLLUPS: readonly Rollup[] = [
  {
    table: "entity_minutes",
    create: table(
      "entity_minutes",
      `minute DateTime('UTC') CODEC(Delta(4), ZSTD(1)), \`entity.type\` LowCardinality(String),
       \`entity.value\` String CODEC(ZSTD(1)), \`service.name\` LowCardinality(String), ${COUNTS}`,
      "`entity.type`, `entity.value`, `service.name`, minute",
    ),
    fill: `INSERT INTO entity_minutes SELECT ${MINUTE}, entity.1, entity.2, \`service.name\`, ${COUNTED}, ${ARRIVED}
      FROM (SELECT *, arrayJoin(arrayFilter(one -> one.2 != '', [('client.address', \`client.address\`),
        ('user.id', \`user.id\`), ('api_key.fingerprint', \`api_key.fingerprint\`)])) AS entity ${OF_SEGMENT})
      GROUP BY minute_of, entity.1, entity.2, \`service.name\``,
  },
];
