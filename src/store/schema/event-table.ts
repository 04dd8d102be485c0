/**
 * The table of events. Sorted by service, ten minutes, client: what one client did lies together, which is what
 * questions ask for and what compresses (73 bytes an event, 43 of them random ids; by time alone 78). Partitions
 * are days of arrival, not of the event's own clock, so that no sender can make a thousand of them, and the
 * oldest can be dropped whole.
 *
 * ClickHouse takes arrays and maps with a common dotted beginning for one nested table, and `x.size` for the length
 * of the text x; so headers and bodies are columns without dots. `http.request.headers` stays a name for them.
 */
const TEXT = "String CODEC(ZSTD(1))";
const FEW = "LowCardinality(String) CODEC(ZSTD(1))";
const COUNT = "CODEC(T64, ZSTD(1))";

/** Name and definition, in the order of the table. */
export const EVENT_TABLE_COLUMNS: readonly (readonly [name: string, definition: string])[] = [
  ["timestamp", "DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))"],
  ["observed_timestamp", "DateTime('UTC') CODEC(Delta(4), ZSTD(1))"],
  ["event.batch", "UInt64 CODEC(Delta(8), ZSTD(1))"],
  ["event.row", "UInt32 CODEC(Delta(4), ZSTD(1))"],
  ["event.supplied_id", TEXT],
  ["service.name", FEW],
  ["deployment.environment.name", FEW],
  ["server.address", FEW],
  ["server.port", "Nullable(UInt16) CODEC(ZSTD(1))"],
  ["http.request.method", FEW],
  ["url.scheme", FEW],
  ["url.path", TEXT],
  ["url.query", TEXT],
  ["network.protocol.version", FEW],
  ["http.route", FEW],
  ["request_headers", "Map(LowCardinality(String), String) CODEC(ZSTD(1))"],
  ["request_body", TEXT],
  ["http.request.body.size", `Nullable(UInt64) ${COUNT}`],
  ["http.response.status_code", "Nullable(UInt16) CODEC(ZSTD(1))"],
  ["response_headers", "Map(LowCardinality(String), String) CODEC(ZSTD(1))"],
  ["response_body", TEXT],
  ["http.response.body.size", `Nullable(UInt64) ${COUNT}`],
  ["duration_ms", "Nullable(Float32) CODEC(ZSTD(1))"],
  ["client.address", TEXT],
  ["network.peer.address", TEXT],
  ["user_agent.original", FEW],
  ["user.id", TEXT],
  ["session.id", TEXT],
  ["organization.id", TEXT],
  ["trace_id", TEXT],
  ["span_id", TEXT],
  ["error.type", FEW],
  ["rpc.method", FEW],
  ["graphql.operation.name", FEW],
  ["client.geo.country_iso_code", FEW],
  ["client.as.number", "UInt32 CODEC(ZSTD(1))"],
  ["client.as.organization.name", FEW],
  ["user_agent.name", FEW],
  ["api_key.fingerprint", TEXT],
  ["device.fingerprint", TEXT],
  ["log.file.path", FEW],
  ["log.file.line", "UInt32 CODEC(Delta(4), ZSTD(1))"],
  [
    "findings",
    `Array(Tuple(class LowCardinality(String), rule LowCardinality(String), location String, evidence String,
      decoded String, score Float32, reason LowCardinality(String))) CODEC(ZSTD(1))`,
  ],
];

/** Computed when asked for; cost no disk. */
const EVENT_TABLE_ALIASES: readonly (readonly [name: string, definition: string])[] = [
  [
    "event.id",
    "String ALIAS if(`event.supplied_id` = '', concat(lower(hex(`event.batch`)), '-', toString(`event.row`)), `event.supplied_id`)",
  ],
  ["http.request.headers", "Map(LowCardinality(String), String) ALIAS request_headers"],
  ["http.response.headers", "Map(LowCardinality(String), String) ALIAS response_headers"],
  ["http.request.body", "String ALIAS request_body"],
  ["http.response.body", "String ALIAS response_body"],
  ["findings.score.max", "Float32 ALIAS arrayMax(findings.score)"],
];

/** Asked for by value, rarely the same: a Bloom filter for each 8,192 rows (2.8 bytes an event, all of them). */
const BY_VALUE = [
  "client.address",
  "user.id",
  "session.id",
  "api_key.fingerprint",
  "device.fingerprint",
  "trace_id",
  "event.supplied_id",
];

const INDEXES = [
  ...BY_VALUE.map((name) => `INDEX \`by ${name}\` \`${name}\` TYPE bloom_filter(0.01) GRANULARITY 1`),
  "INDEX `by batch` `event.batch` TYPE minmax GRANULARITY 1",
  "INDEX `by timestamp` timestamp TYPE minmax GRANULARITY 1",
  "INDEX `by finding` findings.class TYPE set(100) GRANULARITY 1",
  "INDEX `by status` `http.response.status_code` TYPE set(100) GRANULARITY 1",
  // Words of the path, for search: 5.4 bytes an event.
  "INDEX `words of url.path` `url.path` TYPE text(tokenizer = 'splitByNonAlpha')",
  "INDEX `words of url.query` `url.query` TYPE text(tokenizer = 'splitByNonAlpha')",
];

/** Merges are synced as inserts are: the journal drops what the store says it has. */
export const DURABLE = [
  "fsync_after_insert = 1",
  "fsync_part_directory = 1",
  "min_rows_to_fsync_after_merge = 1",
  "non_replicated_deduplication_window = 1000",
].join(", ");

/**
 * A merge costs as much CPU as two inserts (8 µs an event), and by itself ClickHouse merges as soon as a few parts are
 * there: eight at once means that a row is merged once for each factor of eight.
 */
export function mergeMany(table: string): string {
  return `ALTER TABLE ${table} MODIFY SETTING min_parts_to_merge_at_once = 8`;
}

/**
 * What a segment of some seconds brings is one file and its indexes, not a file a column: 31 files instead of 236,
 * each of which is synced, and 4.5 µs an event instead of 8 (25,000 events a part).
 */
export const SMALL_PARTS_WHOLE = "ALTER TABLE events MODIFY SETTING min_bytes_for_wide_part = 33554432";

export function createEventTable(): string {
  const columns = [...EVENT_TABLE_COLUMNS, ...EVENT_TABLE_ALIASES].map(
    ([name, type]) => `\`${name}\` ${type}`,
  );
  return `CREATE TABLE IF NOT EXISTS events (${[...columns, ...INDEXES].join(",\n")})
    ENGINE = MergeTree
    PARTITION BY toDate(observed_timestamp)
    ORDER BY (\`service.name\`, toStartOfInterval(timestamp, INTERVAL 10 MINUTE), \`client.address\`, timestamp)
    SETTINGS ${DURABLE}`;
}
