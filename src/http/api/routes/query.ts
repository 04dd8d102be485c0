/** Questions in the query language, and what may be written next. */
import { z } from "zod";
import { complete } from "../../../explore/query/complete.ts";
import { QUERY_LIMITS } from "../../../explore/query/limits.ts";
import { range, text } from "../fields.ts";
import { route } from "../route.ts";

const VALUE_TYPES = ["string", "number", "bool", "datetime", "timespan", "json", "list", "map"] as const;
const KINDS = ["table", "step", "field", "function", "aggregate", "operator", "keyword", "value"] as const;
const place = z.number().int().min(0);

export const QUERY_PROBLEMS = [
  "QUERY_SYNTAX",
  "QUERY_TABLE",
  "QUERY_FIELD",
  "QUERY_FUNCTION",
  "QUERY_TYPE",
  "QUERY_LIMIT",
  "QUERY_TOO_EXPENSIVE",
  "STORE_BUSY",
  "STORE_UNAVAILABLE",
] as const;

export const queryRoutes = [
  route({
    method: "POST",
    path: "/query",
    tag: "query",
    summary: "Answer a query over events, detections or incidents.",
    need: "events:read",
    audit: "events.query",
    object: ({ body }) => body.query,
    problems: QUERY_PROBLEMS,
    body: z.strictObject({
      query: text,
      ...range,
      rows: z.number().int().min(1).max(QUERY_LIMITS.rows).default(1_000),
    }),
    answer: z.strictObject({
      columns: z.array(z.strictObject({ name: z.string(), type: z.enum(VALUE_TYPES) })).readonly(),
      rows: z.array(z.array(z.unknown()).readonly()).readonly(),
      /** There were more rows than asked for. */
      truncated: z.boolean(),
    }),
    handle: ({ view, body }) => view.query(body.query, body, body.rows),
  }),
  route({
    method: "POST",
    path: "/query/complete",
    tag: "query",
    summary: "What may be written at a place of a query.",
    need: "events:read",
    audit: null,
    body: z.strictObject({ query: text, cursor: place.max(QUERY_LIMITS.length) }),
    answer: z.strictObject({
      completions: z
        .array(
          z.strictObject({
            kind: z.enum(KINDS),
            text: z.string(),
            detail: z.string(),
            replace: z.strictObject({ start: place, end: place }),
          }),
        )
        .readonly(),
    }),
    handle: async ({ body }) => ({ completions: complete(body.query, body.cursor) }),
  }),
];
