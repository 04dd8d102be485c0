/** Over the events that a query keeps: their commonest values, and how many there were when. */
import { z } from "zod";
import { type Band, expectedIn } from "../../../detect/series/band.ts";
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
const MINUTE_MS = 60_000;
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
      "Between what the requests per minute of services together are expected to lie, as learned so far, also ahead of time.",
    need: "events:read",
    audit: null,
    query: z.strictObject({ service: several(service, 100), ...range, buckets: count(2, 500, 60) }),
    answer: z.strictObject({
      from: time,
      to: time,
      step_seconds: z.number(),
      /** Minutes that it was learned from: of the service that is known least. */
      minutes: z.number(),
      /** The least share of the last week's minutes that lay between low and high; null before there are any. */
      coverage: z.number().nullable(),
      /** Over each step, in requests per minute, at its middle: from the first that was heard of them on. */
      points: z.array(z.strictObject({ time, low: z.number(), usual: z.number(), high: z.number() })),
      /** Of so many of the services too little is known, so that they are not in the points. */
      unknown: z.number(),
    }),
    async handle({ view, query, now }) {
      const { from, to } = bounds(query, now);
      const step = stepFor(from, to, query.buckets);
      const asked = [...new Set(query.service)].map((name) => view.band(name));
      const all = asked.filter((band) => isKnown(band, to));
      const judged = all.every((band) => band.judged > 0);
      return {
        from: when(from),
        to: when(to),
        step_seconds: step,
        minutes: all.length === 0 ? 0 : Math.min(...all.map(({ minutes }) => minutes)),
        coverage:
          all.length === 0 || !judged
            ? null
            : Math.round(Math.min(...all.map(({ coverage }) => coverage)) * 1000) / 1000,
        points: expectedBySteps(all, from, to, step * 1000),
        unknown: asked.length - all.length,
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

function isKnown(band: Band | undefined, at: number): band is Band {
  return band !== undefined && expectedIn(band, at) !== undefined;
}

/** The season turns within a long step: so many times of it are looked at. */
const LOOKS = 12;

/** What services have to do with one another is in their seasons; around these each is taken to vary by itself. */
function expectedBySteps(bands: readonly Band[], from: number, to: number, step: number) {
  const points: { time: string; low: number; usual: number; high: number }[] = [];
  const looks = Math.min(LOOKS, Math.ceil(step / MINUTE_MS));
  const began = Math.min(...bands.map(({ newest, minutes }) => newest - minutes * MINUTE_MS));
  for (let start = from; bands.length > 0 && start < to; start += step) {
    if (start + step <= began) continue;
    const sum = { usual: 0, below: 0, above: 0 };
    for (let look = 0; look < looks; look++) {
      let [below, above] = [0, 0];
      for (const band of bands) {
        const expected = expectedIn(band, start + (step * (look + 0.5)) / looks);
        if (expected === undefined) continue;
        sum.usual += expected.usual / looks;
        below += (expected.usual - expected.low) ** 2;
        above += (expected.high - expected.usual) ** 2;
      }
      sum.below += Math.sqrt(below) / looks;
      sum.above += Math.sqrt(above) / looks;
    }
    points.push({
      time: when(start + step / 2),
      low: tenth(Math.max(0, sum.usual - sum.below)),
      usual: tenth(sum.usual),
      high: tenth(sum.usual + sum.above),
    });
  }
  return points;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
