/** Vedette's own NDJSON: every field that the event has, under the names that the pipeline speaks. */
import { lines, type Writer } from "./writer.ts";

export const vedetteNdjson: Writer = {
  name: "vedette",
  title: "Vedette NDJSON, with users, sessions, headers and bodies",
  detail: "full",
  open: lines(
    ({ event }) => `${JSON.stringify({ ...event, timestamp: new Date(event.timestamp).toISOString() })}\n`,
  ),
};
