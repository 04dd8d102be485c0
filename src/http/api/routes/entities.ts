/** One client, user or key: what it asked for over time, and the incidents about it. */
import { z } from "zod";
import { VedetteError } from "../../../errors.ts";
import { stepFor } from "../../../explore/buckets.ts";
import { formatString } from "../../../explore/query/format.ts";
import { ROLLED_UP } from "../../../store/sql/entity.ts";
import { count, range, row, time, when } from "../fields.ts";
import { route } from "../route.ts";

const DAY_MS = 86_400_000;
const MOST_INCIDENTS = 50;
const counts = {
  requests: z.number(),
  client_errors: z.number(),
  server_errors: z.number(),
  attacks: z.number(),
  response_bytes: z.number(),
};

export const entityRoutes = [
  route({
    method: "GET",
    path: "/entities/{type}/{value}",
    tag: "entities",
    summary: "What one client, user or API key did, by the minute, and the incidents about it.",
    need: "events:read",
    audit: "entities.read",
    params: z.strictObject({ type: z.enum(ROLLED_UP), value: z.string().min(1).max(1_000) }),
    query: z.strictObject({ ...range, buckets: count(2, 500, 60) }),
    answer: z.strictObject({
      from: time,
      to: time,
      step_seconds: z.number(),
      total: z.strictObject(counts),
      first_seen: time.nullable(),
      last_seen: time.nullable(),
      services: z.array(z.strictObject({ service: z.string(), ...counts })).readonly(),
      buckets: z.array(z.strictObject({ time, ...counts })).readonly(),
      incidents: z.array(row).readonly(),
    }),
    async handle({ view, params, query, now }) {
      const to = query.to ?? now;
      const from = query.from ?? to - 7 * DAY_MS;
      if (from >= to) throw new VedetteError("REQUEST_INVALID", "It ends before it begins", "from");
      const step = stepFor(from, to, query.buckets, 60);
      const asked =
        `incidents | where entity.type == ${formatString(params.type)} and entity.value == ` +
        `${formatString(params.value)} | project id, title, severity, risk, outcome, first_seen, last_seen, events`;
      const [activity, incidents] = await Promise.all([
        view.entity(params.type, params.value, { from, to }, step),
        view.rows(asked, {}, MOST_INCIDENTS),
      ]);
      return { from: when(from), to: when(to), step_seconds: step, ...activity, incidents };
    },
  }),
];
