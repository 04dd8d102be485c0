/** A server's status as lines for a terminal: no longer than it is wide, no more than it is high, and inert. */
import { SEVERITIES, type Severity } from "../event.ts";
import { clock, count, plural } from "../report/format-values.ts";
import { inert } from "../report/inert.ts";
import { columns } from "../report/width.ts";
import { type Status, sentence } from "./status.ts";

export interface ScreenOptions {
  readonly width: number;
  /** Most lines. */
  readonly height: number;
  readonly colour: boolean;
  /** What the server said last, for the end of the screen. */
  readonly messages?: readonly string[];
}

const COLOURS: Readonly<Record<Severity, string>> = {
  critical: "\u001b[1;31m",
  high: "\u001b[31m",
  medium: "\u001b[33m",
  low: "\u001b[36m",
  info: "\u001b[2m",
};
const BOLD = "\u001b[1m";
const RESET = "\u001b[0m";
const LABEL = 12;
const ROOMY = 90;
const SHOWN_SOURCES = 4;

/** A line before it is painted: colour goes around what is cut already. */
interface Line {
  readonly text: string;
  readonly paint?: string;
}

export function screen(status: Status, { width, height, colour, messages = [] }: ScreenOptions): string[] {
  const lines: Line[] = [
    { text: `Vedette at ${status.url}${sampleWords(status.sample)}` },
    { text: sentence(status), paint: BOLD },
    { text: openWords(status) },
    ...status.newest.map((incident) => ({
      text: incidentWords(incident, width),
      paint: COLOURS[incident.severity],
    })),
    ...figures(status).map(([label, text]) => ({ text: label.padEnd(LABEL) + text })),
    ...messages.map((text) => ({ text, paint: COLOURS.info })),
  ];
  return lines.slice(0, Math.max(1, height)).map(({ text, paint }) => {
    const shown = cut(inert(text), width);
    return colour && paint !== undefined ? `${paint}${shown}${RESET}` : shown;
  });
}

function sampleWords(state: string): string {
  return state === "running" || state === "ended" ? "  (services named sample-… are made up)" : "";
}

/** Where there is little room, the title says how it went. */
function incidentWords(
  { severity, outcome, last_seen, title }: Status["newest"][number],
  width: number,
): string {
  const went = width < ROOMY ? "" : outcome.replaceAll("_", " ").padEnd(20);
  return `  ${clock(Date.parse(last_seen))}  ${severity.padEnd(9)}${went}${title}`;
}

function openWords({ counts: { open } }: Status): string {
  const known = [...SEVERITIES].reverse().flatMap((severity) => {
    const n = open[severity] ?? 0;
    return n === 0 ? [] : [`${n} ${severity}`];
  });
  return known.length === 0 ? "No open incidents." : `Open: ${known.join(", ")}`;
}

function figures({ health, sources }: Status): [label: string, text: string][] {
  const { metrics, store, alerts, quarantine } = health;
  const rate = metrics.vedette_intake_events_per_second ?? 0;
  const shown = sources.slice(0, SHOWN_SOURCES);
  const rest = sources.length - shown.length;
  return [
    [
      "Events",
      `${rate.toFixed(rate < 10 ? 1 : 0)}/s, acknowledged in ${wait(metrics.vedette_intake_acknowledge_p50_seconds)} ` +
        `(99 % in ${wait(metrics.vedette_intake_acknowledge_p99_seconds)}), ` +
        `${count(metrics.vedette_intake_events_total ?? 0)} since the start`,
    ],
    ...shown.map((source, i): [string, string] => [i === 0 ? "Sources" : "", sourceWords(source)]),
    ...(rest > 0 ? ([["", `and ${rest} more`]] as [string, string][]) : []),
    [
      "Store",
      `${storeWords(store)}; journal: ` +
        `${plural(metrics.vedette_journal_segments ?? 0, "segment")} and ${bytes(metrics.vedette_intake_waiting_bytes ?? 0)} on the way`,
    ],
    ["Memory", bytes(metrics.process_resident_memory_bytes ?? 0)],
    ["Quarantine", quarantine === 0 ? "empty" : `${plural(quarantine, "line")} that could not be read`],
    ...alerts.map(({ route, sent, waiting, dead }): [string, string] => [
      "Alerts",
      `${route}: ${sent} sent, ${waiting} waiting${dead > 0 ? `, ${dead} given up` : ""}`,
    ]),
  ];
}

function storeWords({ events, bytes: held, away }: Status["health"]["store"]): string {
  return away === null ? `${plural(events, "event")}, ${bytes(held)}` : `away (${away})`;
}

function sourceWords({
  source,
  state,
  events,
  rejected,
  dropped,
  lag,
  last_error,
}: Status["sources"][number]) {
  const trouble = [
    ...(rejected > 0 ? [`${count(rejected)} not understood`] : []),
    ...(dropped > 0 ? [`${count(dropped)} lost`] : []),
    ...(lag > 0 ? [`${bytes(lag)} behind`] : []),
    ...(state !== "running" && last_error !== null ? [last_error.message] : []),
  ];
  return [`${source}: ${state}, ${plural(events, "event")}`, ...trouble].join(", ");
}

function wait(seconds: number | null): string {
  if (seconds === null) return "–";
  const milliseconds = seconds * 1000;
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
}

function bytes(value: number): string {
  if (value < 1e3) return `${value} B`;
  if (value < 1e6) return `${Math.round(value / 1e3)} kB`;
  return value < 1e9 ? `${Math.round(value / 1e6)} MB` : `${(value / 1e9).toFixed(1)} GB`;
}

/** Cut by columns, so that a terminal wraps nothing. */
function cut(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (columns(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
