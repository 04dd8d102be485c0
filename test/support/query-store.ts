/** A store in memory with a table of events, for tests of the query language. */
import { createClient } from "@clickhouse/client";
import type { ApiEvent, Finding } from "../../src/event.ts";
import { bodyText } from "../../src/explore/query/live-event.ts";
import { DETECTION_COLUMNS, INCIDENT_COLUMNS } from "../../src/explore/query/schema-verdicts.ts";
import type { ReadRows } from "../../src/store/sql/query.ts";

export interface QueryStore {
  readonly read: ReadRows;
  command(sql: string): Promise<void>;
  close(): Promise<void>;
}

export async function openQueryStore(): Promise<QueryStore> {
  const { createChdbConnection } = await import("chdb/connection");
  const client = createClient({ connection: createChdbConnection({ path: ":memory:" }) as never });
  return {
    async read({ sql, parameters }) {
      const result = await client.query({
        query: sql,
        query_params: { ...parameters },
        format: "JSONCompact",
      });
      return { rows: (await result.json<readonly unknown[]>()).data };
    },
    async command(sql) {
      await client.command({ query: sql });
    },
    close: () => client.close(),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  timestamp: "DateTime64(3, 'UTC')",
  observed_timestamp: "DateTime('UTC')",
  "event.batch": "UInt64",
  "event.row": "UInt32",
  "service.name": "LowCardinality(String)",
  "http.request.method": "LowCardinality(String)",
  "http.request.headers": "Map(LowCardinality(String), String)",
  "http.response.headers": "Map(LowCardinality(String), String)",
  "server.port": "Nullable(UInt16)",
  "http.response.status_code": "Nullable(UInt16)",
  "http.request.body.size": "Nullable(UInt64)",
  "http.response.body.size": "Nullable(UInt64)",
  duration_ms: "Nullable(Float32)",
  "client.as.number": "UInt32",
  "log.file.line": "UInt32",
  findings:
    "Array(Tuple(class LowCardinality(String), rule LowCardinality(String), location String, evidence String, decoded String, score Float32, reason String))",
};

const STORED = [
  "event.batch",
  "event.row",
  "event.supplied_id",
  "observed_timestamp",
  "log.file.path",
  "log.file.line",
  "findings",
];

/** One row an event; `log.file.line` is its number, from 1. */
export async function createEventsTable(
  store: QueryStore,
  events: readonly (readonly [ApiEvent, readonly Finding[]])[],
): Promise<void> {
  const [first] = events;
  const names = [...Object.keys(first?.[0] ?? {}).filter((name) => name !== "event.id"), ...STORED];
  const columns = [
    ...names.map((name) => `\`${name}\` ${TYPES[name] ?? "String"}`),
    "`event.id` String ALIAS if(`event.supplied_id` = '', toString(`event.row`), `event.supplied_id`)",
  ];
  await store.command(`CREATE TABLE events (${columns.join(", ")}) ENGINE = Memory`);
  const rows = events.map(([event, findings], index) =>
    JSON.stringify({
      ...event,
      "http.request.body": bodyText(event["http.request.body"]),
      "http.response.body": bodyText(event["http.response.body"]),
      timestamp: new Date(event.timestamp).toISOString().replace("T", " ").replace("Z", ""),
      findings,
      "log.file.line": index + 1,
      "event.row": index,
    }),
  );
  await store.command(`INSERT INTO events FORMAT JSONEachRow ${rows.join("\n")}`);
}

const VERDICT_TYPES: Readonly<Record<string, string>> = {
  string: "String",
  number: "Nullable(Float64)",
  datetime: "DateTime64(3, 'UTC')",
  list: "Array(String)",
  json: "String",
};

/** Two detections of the shop and one of another service; incidents of the shop, of both, and of none. */
export async function createVerdictTables(store: QueryStore): Promise<void> {
  for (const [table, columns] of [
    ["detections", DETECTION_COLUMNS],
    ["incidents", INCIDENT_COLUMNS],
  ] as const) {
    const types = columns.map((column) => `\`${column.name}\` ${VERDICT_TYPES[column.type] ?? "String"}`);
    await store.command(
      `CREATE TABLE ${table} (${types.join(", ")}, version UInt64, document String) ENGINE = ReplacingMergeTree(version) ORDER BY id`,
    );
  }
  await store.command(
    "INSERT INTO detections (id, severity, `target.service`) VALUES ('d-1', 'low', 'shop'), ('d-2', 'critical', 'shop'), ('d-3', 'high', 'auth')",
  );
  await store.command(
    "INSERT INTO incidents (id, detections) VALUES ('i-shop', ['d-1', 'd-2']), ('i-both', ['d-1', 'd-3']), ('i-none', [])",
  );
}
