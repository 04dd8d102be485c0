/** Events as they come in, as server-sent events (WHATWG HTML, section 9.2). */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { TailedEvent } from "../../../explore/tails.ts";
import { text } from "../fields.ts";
import { route } from "../route.ts";

/** A comment at least so often, so that nobody between takes the silence for an end. */
const HEARTBEAT_MS = 10_000;
/** Rights are looked at again so often; after so long the client comes again. */
const CHECK_MS = 9_000;
const MOST_MS = 15 * 60_000;
const RETRY_MS = 2_000;
/** A client that reads nothing for so long is cut off: it holds a place that others could have. */
const UNREAD_MS = 30_000;

export const tailRoutes = [
  route({
    method: "GET",
    path: "/events/tail",
    tag: "events",
    summary:
      "Events as they come in. `event` has one; `dropped` says how many were left out because the client was slow.",
    need: "events:read",
    audit: "events.tail",
    object: ({ query }) => query.query,
    streams: "text/event-stream",
    problems: ["QUERY_SYNTAX", "QUERY_FIELD", "QUERY_TYPE", "QUERY_NOT_LIVE"],
    query: z.strictObject({ query: text.default("events") }),
    async handle({ view, query, reply, stillAllowed }) {
      const watcher = view.watch(query.query);
      const { raw } = reply;
      raw.on("close", () => watcher.close());
      // What hooks have set for other answers holds for this one too.
      reply.hijack();
      raw.writeHead(200, {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-accel-buffering": "no",
      });
      raw.write(`retry: ${RETRY_MS}\n\n`);
      const until = performance.now() + MOST_MS;
      let checked = performance.now();
      try {
        while (!watcher.closed && performance.now() < until) {
          const { events, dropped } = await watcher.next(HEARTBEAT_MS);
          if (watcher.closed) break;
          if (performance.now() - checked > CHECK_MS) {
            if (!(await stillAllowed())) break;
            checked = performance.now();
          }
          const said = events.map(written).join("") + (dropped > 0 ? lost(dropped) : "");
          // A slow client holds up its own loop alone; meanwhile its queue fills, and then counts.
          if (raw.write(said === "" ? ": nothing new\n\n" : said)) continue;
          if (!(await drained(raw))) raw.destroy();
        }
      } finally {
        watcher.close();
        raw.end();
      }
      return undefined;
    },
  }),
];

function written({ id, event, findings }: TailedEvent): string {
  const { "event.id": _supplied, timestamp, ...fields } = event;
  const shown = { "event.id": id, timestamp: timeOf(timestamp), ...fields, findings };
  return `event: event\nid: ${id.replace(/[\r\n\0]/g, "")}\ndata: ${JSON.stringify(shown)}\n\n`;
}

function timeOf(timestamp: number): string | null {
  return Number.isFinite(timestamp) ? new Date(timestamp).toISOString() : null;
}

function lost(dropped: number): string {
  return `event: dropped\ndata: ${JSON.stringify({ dropped })}\n\n`;
}

/** @returns false when nothing of it was read in time */
async function drained(raw: NodeJS.EventEmitter): Promise<boolean> {
  const stop = new AbortController();
  const late = sleep(UNREAD_MS, "late", stop);
  try {
    return (await Promise.race([once(raw, "drain", stop), once(raw, "close", stop), late])) !== "late";
  } finally {
    stop.abort();
  }
}
