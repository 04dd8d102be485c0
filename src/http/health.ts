/** What machines ask about the server itself: /healthz, /readyz, /metrics (Prometheus text format 0.0.4). */
import type { FastifyInstance } from "fastify";
import type { Live } from "../live/live.ts";
import type { AlertMetrics, Alerts } from "../respond/alerts.ts";
import type { KeyCheck } from "./keys.ts";

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge";
  readonly value: number;
}

interface LabelledMetric extends Omit<Metric, "value"> {
  /** One for each set of labels; labels are names from the settings. */
  readonly values: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];
}

export function healthRoutes(
  app: FastifyInstance,
  live: Live,
  alerts: Pick<Alerts, "metrics">,
  keys: KeyCheck,
): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const { failing, waitingBytes } = live.journal.metrics;
    const { full } = live.journal;
    const ready = !failing && !full;
    return reply.code(ready ? 200 : 503).send({
      status: ready ? "ready" : "not ready",
      journal: failing ? "the disk takes nothing" : full ? "full: the store takes nothing" : "ok",
      // Of its place nothing: whoever asks needs no key.
      store: live.store.away === undefined ? "ok" : "away: events wait in the journal",
      records: live.records.away === undefined ? "ok" : "away: incidents wait, and people cannot sign in",
      waiting_bytes: waitingBytes,
    });
  });
  app.get("/metrics", async (_request, reply) => {
    // Alerts are counted on record: while it cannot be asked, their metrics are left out and the others are told.
    const told = await alerts.metrics().catch(() => undefined);
    const metrics = [...metricsOf(live, keys), ...(told === undefined ? [] : alertMetrics(told))];
    return reply.type("text/plain; version=0.0.4; charset=utf-8").send(metrics.map(written).join(""));
  });
}

/** The same by name, for the API. */
export function metricValues(live: Live, keys: KeyCheck): Readonly<Record<string, number>> {
  return Object.fromEntries(metricsOf(live, keys).map(({ name, value }) => [name, value]));
}

function metricsOf(live: Live, keys: KeyCheck): Metric[] {
  const { intake, journal, watch, store, records, copies } = live;
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
    gauge(
      "vedette_intake_events_per_second",
      "Events acknowledged a second, in the last minute.",
      intake.pace.eventsPerSecond,
    ),
    gauge(
      "vedette_intake_acknowledge_p50_seconds",
      "Half of the batches of the last minute were acknowledged within it.",
      intake.pace.acknowledgedIn(0.5) / 1000,
    ),
    gauge(
      "vedette_intake_acknowledge_p99_seconds",
      "99 of 100 batches of the last minute were acknowledged within it.",
      intake.pace.acknowledgedIn(0.99) / 1000,
    ),
    counter("vedette_intake_rejected_total", "Lines that could not be read.", intake.metrics.rejected),
    counter(
      "vedette_intake_foreign_total",
      "Of these, events for services that their key may not send for.",
      intake.metrics.foreign,
    ),
    counter(
      "vedette_intake_repeated_total",
      "Batches that came again and were answered as before.",
      intake.metrics.repeated,
    ),
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
    counter(
      "vedette_journal_refused_total",
      "Batches turned away because the disk took nothing, too much waited for it, or the journal was full.",
      journal.metrics.refusedFailing + journal.metrics.refusedBusy + journal.metrics.refusedFull,
    ),
    gauge("vedette_journal_backlog_bytes", "Bytes that wait for the store.", journal.metrics.backlogBytes),
    gauge("vedette_journal_segments", "Segments that wait for the store.", journal.segments().length),
    gauge(
      "vedette_store_away",
      "1 while nothing can be written to the store.",
      store.away === undefined ? 0 : 1,
    ),
    gauge("vedette_records_away", "1 while the records cannot be used.", records.away === undefined ? 0 : 1),
    gauge(
      "vedette_copies_waiting",
      "Incidents and expected detections that are on record and wait for the store.",
      copies.metrics.waiting,
    ),
    counter(
      "vedette_copies_dropped_total",
      "Expected detections that are not in the store, as too many waited for it.",
      copies.metrics.dropped,
    ),
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

function alertMetrics({ routes, outbox }: AlertMetrics): (Metric | LabelledMetric)[] {
  const perRoute = (name: "sent" | "failed" | "givenUp" | "waiting") =>
    routes.map(({ route, sink, [name]: value }) => [{ route, sink }, value] as const);
  return [
    {
      name: "vedette_alerts_sent_total",
      help: "Alerts that a sink took.",
      type: "counter",
      values: perRoute("sent"),
    },
    {
      name: "vedette_alerts_failed_attempts_total",
      help: "Attempts to send an alert that did not succeed.",
      type: "counter",
      values: perRoute("failed"),
    },
    {
      name: "vedette_alerts_given_up_total",
      help: "Alerts given up since the start.",
      type: "counter",
      values: perRoute("givenUp"),
    },
    {
      name: "vedette_alerts_waiting",
      help: "Alerts not sent yet.",
      type: "gauge",
      values: perRoute("waiting"),
    },
    { name: "vedette_alerts_dead", help: "Alerts given up and kept.", type: "gauge", value: outbox.dead },
  ];
}

function written({ name, help, type, ...metric }: Metric | LabelledMetric): string {
  const samples = "values" in metric ? metric.values : [[{}, metric.value] as const];
  if (samples.length === 0) return "";
  const lines = samples.map(([labels, sample]) => `${name}${bracketed(labels)} ${sample}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function bracketed(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/[\\"\n]/g, "\\$&")}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}
