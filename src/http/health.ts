/** What machines ask about the server itself: /healthz, /readyz, /metrics (Prometheus text format 0.0.4). */
import type { FastifyInstance } from "fastify";
import type { Live } from "../live/live.ts";
import type { KeyCheck } from "./keys.ts";

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge";
  readonly value: number;
}

export function healthRoutes(app: FastifyInstance, live: Live, keys: KeyCheck): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const { failing, waitingBytes } = live.journal.metrics;
    const ready = !failing;
    return reply.code(ready ? 200 : 503).send({
      status: ready ? "ready" : "not ready",
      journal: failing ? "the disk takes nothing" : "ok",
      waiting_bytes: waitingBytes,
    });
  });
  app.get("/metrics", async (_request, reply) =>
    reply.type("text/plain; version=0.0.4; charset=utf-8").send(metricsOf(live, keys).map(written).join("")),
  );
}

/** The same by name, for the API. */
export function metricValues(live: Live, keys: KeyCheck): Readonly<Record<string, number>> {
  return Object.fromEntries(metricsOf(live, keys).map(({ name, value }) => [name, value]));
}

function metricsOf(live: Live, keys: KeyCheck): Metric[] {
  const { intake, journal, watch } = live;
  const counter = (name: string, help: string, value: number): Metric => ({
    name,
    help,
    type: "counter",
    value,
  });
  const gauge = (name: string, help: string, value: number): Metric => ({ name, help, type: "gauge", value });
  return [
    counter("vedette_intake_events_total", "Events acknowledged.", intake.metrics.events),
    counter(
      "vedette_intake_bytes_total",
      "Bytes of acknowledged batches as they came.",
      intake.metrics.bytes,
    ),
    counter("vedette_intake_rejected_total", "Lines that could not be read.", intake.metrics.rejected),
    counter(
      "vedette_intake_refused_busy_total",
      "Batches turned away because too much was under way.",
      intake.metrics.refusedBusy,
    ),
    gauge(
      "vedette_intake_waiting_bytes",
      "Bytes between a source and the disk.",
      intake.metrics.waitingBytes,
    ),
    counter("vedette_journal_batches_total", "Batches written to the journal.", journal.metrics.batches),
    counter("vedette_journal_bytes_total", "Bytes written to the journal.", journal.metrics.bytes),
    counter("vedette_journal_syncs_total", "fdatasync calls of the journal.", journal.metrics.syncs),
    counter("vedette_journal_failures_total", "Failed writes of the journal.", journal.metrics.failures),
    gauge("vedette_journal_failing", "1 while the disk takes nothing.", journal.metrics.failing ? 1 : 0),
    gauge("vedette_journal_segments", "Segments that wait for the store.", journal.segments().length),
    counter("vedette_watch_events_total", "Events that the detectors have seen.", watch.events),
    gauge("vedette_watch_newest_seconds", "Event time of the newest event.", watch.newest / 1000),
    gauge("vedette_watch_verdicts", "Verdicts in memory.", watch.engine.verdicts.length),
    counter(
      "vedette_watch_verdicts_dropped_total",
      "Low verdicts that were only counted.",
      watch.engine.dropped,
    ),
    counter("vedette_keys_refused_total", "Requests with a wrong key or none.", keys.refused),
    gauge("process_resident_memory_bytes", "Resident memory.", process.memoryUsage.rss()),
  ];
}

function written({ name, help, type, value }: Metric): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${Number.isNaN(value) ? "NaN" : value}\n`;
}
