/** Questions that several pages ask, under the names that the cache knows them by. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Range } from "../shell/range.ts";
import type { Row } from "./answers.ts";
import { api } from "./client.ts";

/** A range that ends now is asked again so often. */
export const LIVE_MS = 15_000;

/** A query's answer as rows by column name. */
export function rowsQuery(query: string, range: Range | undefined, rows = 1_000) {
  return queryOptions({
    queryKey: ["rows", query, range?.key ?? "all", rows],
    refetchInterval: range?.live === false ? false : LIVE_MS,
    placeholderData: keepPreviousData,
    async queryFn({ signal }): Promise<readonly Row[]> {
      const answer = await api("POST /query", { body: { query, rows, ...range?.bounds() }, signal });
      const names = answer.columns.map(({ name }) => name);
      return answer.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
    },
  });
}

export function histogramQuery(query: string, range: Range, buckets = 72) {
  return queryOptions({
    queryKey: ["histogram", query, range.key, buckets],
    refetchInterval: range.live ? LIVE_MS : false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api("GET /histogram", { query: { query, buckets, ...range.bounds() }, signal }),
  });
}

/** Whether sample traffic is shown. */
export const sampleQuery = queryOptions({
  queryKey: ["sample"],
  refetchInterval: LIVE_MS,
  queryFn: ({ signal }) => api("GET /sample", { signal }),
});

const MOST_INCIDENTS = 200;
/** Nobody should wait for bad news. */
const INCIDENTS_MS = 4_000;

/** The latest incidents, closed ones too. */
export const latestQuery = queryOptions({
  queryKey: ["incidents", "latest"],
  refetchInterval: LIVE_MS,
  queryFn: ({ signal }) => api("GET /incidents", { query: { limit: MOST_INCIDENTS }, signal }),
});

/** Incidents that nobody has closed, latest first. */
export const unclosedQuery = queryOptions({
  queryKey: ["incidents", "unclosed"],
  refetchInterval: INCIDENTS_MS,
  queryFn: ({ signal }) =>
    api("GET /incidents", { query: { state: ["open", "acknowledged"], limit: MOST_INCIDENTS }, signal }),
});

/** How the server and its store do: only for those who see all. */
export const healthQuery = queryOptions({
  queryKey: ["health"],
  refetchInterval: LIVE_MS,
  queryFn: ({ signal }) => api("GET /health", { signal }),
});

export const sourcesQuery = queryOptions({
  queryKey: ["sources"],
  refetchInterval: LIVE_MS,
  queryFn: ({ signal }) => api("GET /sources", { signal }),
});
