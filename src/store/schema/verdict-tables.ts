/**
 * Detections and incidents beside the events, for questions that join them. The records (SQLite) decide what an
 * incident's state is; these are their copies, and the newest version of an id wins.
 */
import { DURABLE } from "./event-table.ts";

const FEW = "LowCardinality(String)";
const TIMES = `first_seen DateTime64(3, 'UTC'), last_seen DateTime64(3, 'UTC'), detected_at DateTime64(3, 'UTC')`;

function table(name: string, columns: string): string {
  return `CREATE TABLE IF NOT EXISTS ${name} (id String, version UInt64, severity ${FEW}, outcome ${FEW},
    \`entity.type\` ${FEW}, \`entity.value\` String, ${TIMES}, events UInt64, ${columns}, document String CODEC(ZSTD(3)))
    ENGINE = ReplacingMergeTree(version) ORDER BY id SETTINGS ${DURABLE}`;
}

export const DETECTIONS_TABLE = table(
  "detections",
  `detector ${FEW}, category ${FEW}, class ${FEW}, confidence Float32, \`target.service\` ${FEW},
   \`target.endpoint\` ${FEW}, observed Float64, expected Nullable(Float64), threshold Float64, unit ${FEW},
   explanation String CODEC(ZSTD(3))`,
);

export const INCIDENTS_TABLE = table(
  "incidents",
  `title String, risk Float32, stages Array(${FEW}), categories Array(${FEW}), detections Array(String)`,
);
