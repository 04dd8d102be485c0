/** What a running server says of itself, asked over its API. */
import { z } from "zod";
import { OUTCOMES, SEVERITIES } from "../event.ts";
import { callServer, notVedette, type ServerAddress } from "../explore/call.ts";

const figure = z.number().nullable().default(null);
const health = z.object({
  status: z.string(),
  metrics: z.object({
    vedette_intake_events_total: figure,
    vedette_intake_events_per_second: figure,
    vedette_intake_acknowledge_p50_seconds: figure,
    vedette_intake_acknowledge_p99_seconds: figure,
    vedette_intake_waiting_bytes: figure,
    vedette_journal_segments: figure,
    vedette_journal_failing: figure,
    process_resident_memory_bytes: figure,
  }),
  store: z.object({ events: z.number(), bytes: z.number(), away: z.string().nullable().default(null) }),
  alerts: z.array(z.object({ route: z.string(), sent: z.number(), waiting: z.number(), dead: z.number() })),
  quarantine: z.number(),
});
const counts = z.object({
  open: z.record(z.enum(SEVERITIES), z.number()),
  succeeded: z.number(),
  probably_succeeded: z.number(),
  sample: z.number(),
});
const sources = z.object({
  live: z.array(
    z.object({
      source: z.string(),
      kind: z.string(),
      state: z.string(),
      events: z.number(),
      rejected: z.number(),
      dropped: z.number(),
      lag: z.number(),
      last_event: z.string().nullable(),
      last_error: z.object({ message: z.string() }).nullable(),
    }),
  ),
});
const sample = z.object({ state: z.string() });
const incidents = z.object({
  incidents: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      severity: z.enum(SEVERITIES),
      outcome: z.enum(OUTCOMES),
      last_seen: z.string(),
    }),
  ),
});

export interface Status {
  readonly url: string;
  readonly health: z.infer<typeof health>;
  readonly counts: z.infer<typeof counts>;
  readonly sources: z.infer<typeof sources>["live"];
  readonly sample: string;
  /** Open ones, the latest first. */
  readonly newest: z.infer<typeof incidents>["incidents"];
}

const NEWEST = 5;

/**
 * @param before what was read the last time: incidents are read again only when there are others, for each reading
 *   of them stands in the audit log
 * @throws VedetteError SERVER_UNREACHABLE, and what the server answers
 */
export async function readStatus(server: ServerAddress, before?: Status): Promise<Status> {
  const get = async <T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> => {
    const read = schema.safeParse(await callServer(server, "GET", path));
    if (!read.success) throw notVedette(server.url);
    return read.data;
  };
  const [how, howMany, { live }, { state }] = await Promise.all([
    get("/health", health),
    get("/incidents/counts", counts),
    get("/sources", sources),
    get("/sample", sample),
  ]);
  const same = before !== undefined && JSON.stringify(before.counts) === JSON.stringify(howMany);
  const newest = same
    ? before.newest
    : (await get(`/incidents?state=open&limit=${NEWEST}`, incidents)).incidents;
  return { url: server.url, health: how, counts: howMany, sources: live, sample: state, newest };
}

/** The state of things in one sentence. */
export function sentence({ health: { status, store }, counts: { open, ...known } }: Status): string {
  if (status !== "ok") return "Events are turned away: the disk takes nothing.";
  const grave = (open.critical ?? 0) + (open.high ?? 0) + (open.medium ?? 0);
  if (grave === 0)
    return store.away === null ? "Nothing needs you." : "The store is away: events wait in the journal.";
  const need = grave === 1 ? "1 incident needs you" : `${grave} incidents need you`;
  if (known.succeeded > 0) return `${need}; ${known.succeeded} succeeded.`;
  if (known.probably_succeeded > 0) return `${need}; ${known.probably_succeeded} probably succeeded.`;
  return `${need}; nothing exposed.`;
}
