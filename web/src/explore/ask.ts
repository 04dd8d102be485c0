/** From what is written in the query bar to what is asked of the server. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { formatString } from "../../../src/explore/query/format.ts";
import type { Row } from "../api/answers.ts";
import { api } from "../api/client.ts";
import { LIVE_MS } from "../api/queries.ts";
import type { Range } from "../shell/range.ts";

/** That many are fetched and can be scrolled through. */
export const MOST_ROWS = 5_000;
/** A step that leaves no events, but something made of them. */
const NO_EVENTS = /\|\s*(?:summarize|distinct|project|project-away|count)\b|^\s*(?:incidents|detections)\b/i;

/** Whether each row of the answer is an event as it was. */
export function isEventList(query: string): boolean {
  return !NO_EVENTS.test(query.replace(/"(?:[^"\\]|\\.)*"/g, '""'));
}

export interface Found {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly truncated: boolean;
}

/** @param columns those that are shown of an event; bodies and headers are fetched when one is opened */
export function answerQuery(query: string, range: Range, columns: readonly string[]) {
  const list = isEventList(query);
  const wanted = list ? [...new Set(["event.id", "timestamp", "finding.score", ...columns])] : [];
  return queryOptions({
    queryKey: ["explore", query, range.key, wanted.join()],
    refetchInterval: range.live ? 2 * LIVE_MS : false,
    placeholderData: keepPreviousData,
    async queryFn({ signal }): Promise<Found> {
      // On a line of its own: a comment may end what is written.
      const asked = list ? `${query}\n| project ${wanted.join(", ")}` : query;
      const answer = await api("POST /query", {
        body: { query: asked, rows: MOST_ROWS, ...range.bounds() },
        signal,
      });
      const names = answer.columns.map(({ name }) => name);
      return {
        columns: names,
        rows: answer.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]]))),
        truncated: answer.truncated,
      };
    },
  });
}

/** The query with one more condition. */
export function narrowed(query: string, field: string, value: unknown, not: boolean): string {
  const written = typeof value === "string" ? formatString(value) : String(value);
  const sign = Array.isArray(value) ? "has" : not ? "!=" : "==";
  return `${query.trim() || "events"} | where ${field} ${sign} ${written}`;
}
