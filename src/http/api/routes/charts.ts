/** Over the events that a query keeps: their commonest values, and how many there were when. */
import { z } from "zod";
import { expectedIn } from "../../../detect/series/band.ts";
import { VedetteError } from "../../../errors.ts";
import { stepFor } from "../../../explore/buckets.ts";
import { TABLES } from "../../../explore/query/schema.ts";
import { count, range, service, several, text, time, when } from "../fields.ts";
import { route } from "../route.ts";
import { QUERY_PROBLEMS } from "./query.ts";

const COUNTED = new Set(["string", "number", "list", "bool"]);
const FIELDS = TABLES.events.columns.filter(({ type }) => COUNTED.has(type)).map(({ name }) => name);
const field = z.string().refine((name) => FIELDS.includes(name), "This is no field that can be counted");
const USUAL = ["service.name", "http.route", "http.response.status_code", "client.address", "user.id"];
const DAY_MS = 86_400_000;

export const chartRoutes = [
  route({
    method: "GET",
    path: "/facets",
    tag: "events",
    summary: "The commonest values of fields.",
    need: "events:read",
    audit: "events.query",
    object: ({ query }) => query.query,
    problems: QUERY_PROBLEMS,
    query: z.strictObject({
      query: text.default("events"),
      ...range,
      field: several(field, 10),
      limit: count(1, 100, 10),
    }),
    answer: z.strictObject({
      facets: z
        .array(
          z.strictObject({
            field: z.string(),
            values: z.array(z.strictObject({ value: z.unknown(), events: z.number() })).readonly(),
          }),
        )
        .readonly(),
    }),
    async handle({ view, query }) {
      const fields = [...new Set(query.field ?? USUAL)];
      return { facets: await view.facets(query.query, fields, query, query.limit) };
    },
  }),
  route({
    method: "GET",
    path: "/histogram",
    tag: "events",
    summary: "How many events there were, by time.",
    need: "events:read",
    audit: "events.query",
    object: ({ query }) => query.query,
    problems: QUERY_PROBLEMS,
    query: z.strictObject({ query: text.default("events"), ...range, buckets: count(2, 500, 60) }),
    answer: z.strictObject({
      from: time,
      to: time,
      step_seconds: z.number(),
      buckets: z.array(
        z.strictObject({ time, events: z.number(), server_errors: z.number(), attacks: z.number() }),
      ),
    }),
    async handle({ view, query, now }) {
      const { from, to } = bounds(query, now);
      const step = stepFor(from, to, query.buckets);
      const rows = await view.rows(
        `${query.query}\n| summarize n = count(), errors = countif(http.response.status_code >= 500), ` +
          `attacks = countif(finding.score >= 0.5) by t = bin(timestamp, ${step}s)\n| sort by t asc`,
        { from, to },
        2 * query.buckets + 2,
      );
      return {
        from: when(from),
        to: when(to),
        step_seconds: step,
        buckets: rows.map(({ t, n, errors, attacks }) => ({
          time: String(t),
          events: Number(n),
          server_errors: Number(errors),
          attacks: Number(attacks),
        })),
      };
    },
  }),
  route({
    method: "GET",
    path: "/expected",
    tag: "events",
    summary:
      "Between what a service's requests per minute are expected to lie, as learned so far, also ahead of time.",
    need: "events:read",
    audit: null,
    query: z.strictObject({ service, ...range, buckets: count(2, 500, 60) }),
    answer: z.strictObject({
      from: time,
      to: time,
      step_seconds: z.number(),
      /** Minutes that it was learned from. */
      minutes: z.number(),
      /** The share of the last week's minutes that lay between low and high; null before there are any. */
      coverage: z.number().nullable(),
      /** For the middle of each step, in requests per minute; none while too little is known. */
      points: z.array(z.strictObject({ time, low: z.number(), usual: z.number(), high: z.number() })),
    }),
    async handle({ view, query, now }) {
      const { from, to } = bounds(query, now);
      const step = stepFor(from, to, query.buckets);
      const band = view.band(query.service);
      const points: { time: string; low: number; usual: number; high: number }[] = [];
      for (let at = from + step * 500; band !== undefined && at < to; at += step * 1000) {
        const expected = expectedIn(band, at);
        if (expected === undefined) break;
        const { low, usual, high } = expected;
        points.push({ time: when(at), low: tenth(low), usual: tenth(usual), high: tenth(high) });
      }
      return {
        from: when(from),
        to: when(to),
        step_seconds: step,
        minutes: band?.minutes ?? 0,
        coverage: band === undefined || band.judged === 0 ? null : Math.round(band.coverage * 1000) / 1000,
        points,
      };
    },
  }),
];

function bounds({ from, to }: { from?: number | undefined; to?: number | undefined }, now: number) {
  const end = to ?? now;
  const begin = from ?? end - DAY_MS;
  if (begin >= end) throw new VedetteError("REQUEST_INVALID", "It ends before it begins", "from");
  return { from: begin, to: end };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
