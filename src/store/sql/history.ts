/**
 * Stored events in the order in which they came in, which is the order the engine saw them in: a page at a time, so
 * that memory stays bounded however long the time is. Of each event, what facts and samples are made of.
 */
import { type ApiEvent, emptyEvent, type Finding } from "../../event.ts";
import { asFound } from "../events/decode-events.ts";
import { Parameters } from "./parameters.ts";
import type { ReadRows } from "./query.ts";
import { type QueryScope, scopeConditions } from "./scope.ts";

export interface StoredEvent {
  readonly id: string;
  readonly event: ApiEvent;
  readonly findings: readonly Finding[];
}

export interface HistoryScope extends QueryScope {
  /** Only what came from this source, or all that did not: made-up traffic is told by its source. */
  readonly source: { readonly name: string; readonly is: boolean };
}

/** Events of one question: few, so that reading its answer holds up nobody. */
const PAGE = 4_000;
/** Batches that are listed at a time. */
const LISTED = 10_000;

/** Columns that hold a field's text as it is; empty is absent. */
const TEXTS = [
  "service.name",
  "http.request.method",
  "url.path",
  "url.query",
  "http.route",
  "client.address",
  "user_agent.original",
  "user.id",
  "session.id",
  "api_key.fingerprint",
  "client.geo.country_iso_code",
  "device.fingerprint",
] as const;
/** Null is absent. */
const NUMBERS = [
  "http.response.status_code",
  "http.request.body.size",
  "http.response.body.size",
  "duration_ms",
] as const;
const OTHERS = [
  "toUnixTimestamp64Milli(timestamp)",
  "`event.id`",
  "mapContains(request_headers, 'referer')",
  "findings",
  "`client.as.number`",
];
const SELECTED = [...OTHERS, ...TEXTS.map(quoted), ...NUMBERS.map(quoted)].join(", ");

/** @throws what `read` throws */
export async function* readHistory(
  scope: HistoryScope,
  read: ReadRows,
): AsyncGenerator<readonly StoredEvent[]> {
  let after = "0";
  for (;;) {
    const batches = await batchesAfter(after, scope, read);
    let first = 0;
    while (first < batches.length) {
      let last = first;
      let events = batches[first].events;
      while (last + 1 < batches.length && events + batches[last + 1].events <= PAGE)
        events += batches[++last].events;
      const from = batches[first].batch;
      const to = batches[last].batch;
      // A batch may be larger than a page: it is read in pieces of its rows.
      for (let row = 0, left = events; left > 0; row += PAGE) {
        const page = await pageOf({ from, to, rows: first === last ? row : undefined }, scope, read);
        left = first === last ? left - page.length : 0;
        if (page.length > 0) yield page;
        else if (row > MAX_ROWS) return;
      }
      first = last + 1;
    }
    const end = batches.at(-1);
    if (end === undefined || batches.length < LISTED) return;
    after = end.batch;
  }
}

/** No batch has so many: what was counted a moment ago and is gone by now ends the search. */
const MAX_ROWS = 1_000_000;

function conditionsOf(scope: HistoryScope, parameters: Parameters): readonly string[] {
  const { name, is } = scope.source;
  const source = `\`log.file.path\` ${is ? "=" : "!="} ${parameters.text(name)}`;
  return [...scopeConditions("events", scope, parameters), source];
}

async function batchesAfter(
  after: string,
  scope: HistoryScope,
  read: ReadRows,
): Promise<readonly { readonly batch: string; readonly events: number }[]> {
  const parameters = new Parameters();
  const where = [`\`event.batch\` > ${parameters.add("UInt64", after)}`, ...conditionsOf(scope, parameters)];
  const { rows } = await read({
    sql: `SELECT toString(\`event.batch\`), count() FROM events WHERE ${where.join(" AND ")}
      GROUP BY \`event.batch\` ORDER BY \`event.batch\` LIMIT ${LISTED}`,
    parameters: parameters.values,
  });
  return rows.map(([batch, events]) => ({ batch: String(batch), events: Number(events) }));
}

async function pageOf(
  place: { readonly from: string; readonly to: string; readonly rows: number | undefined },
  scope: HistoryScope,
  read: ReadRows,
): Promise<readonly StoredEvent[]> {
  const parameters = new Parameters();
  const { from, to, rows: first } = place;
  const where = [
    `\`event.batch\` >= ${parameters.add("UInt64", from)}`,
    `\`event.batch\` <= ${parameters.add("UInt64", to)}`,
    ...(first === undefined
      ? []
      : [
          `\`event.row\` >= ${parameters.number(first)}`,
          `\`event.row\` < ${parameters.number(first + PAGE)}`,
        ]),
    ...conditionsOf(scope, parameters),
  ];
  const { rows } = await read({
    sql: `SELECT ${SELECTED} FROM events WHERE ${where.join(" AND ")} ORDER BY \`event.batch\`, \`event.row\``,
    parameters: parameters.values,
  });
  return rows.map(storedEvent);
}

function storedEvent(row: readonly unknown[]): StoredEvent {
  const event = emptyEvent();
  event.timestamp = Number(row[0]);
  if (row[2] === 1 || row[2] === true) event["http.request.headers"] = { referer: "" };
  const system = Number(row[4]);
  if (system !== 0) event["client.as.number"] = system;
  for (const [i, field] of TEXTS.entries()) {
    const value = row[OTHERS.length + i];
    if (value !== "") event[field] = String(value);
  }
  for (const [i, field] of NUMBERS.entries()) {
    const value = row[OTHERS.length + TEXTS.length + i];
    if (value !== null) event[field] = Number(value);
  }
  return { id: String(row[1]), event, findings: (row[3] as readonly Finding[]).map(asFound) };
}

function quoted(name: string): string {
  return `\`${name}\``;
}
