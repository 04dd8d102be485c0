/** What a replay or a backtest says, for a terminal. */
import type { Detection, Incident } from "../event.ts";
import type { BacktestAnswer, ReplayAnswer } from "../replay/answer.ts";
import type { Difference, Told } from "../replay/compare.ts";
import { plural } from "./format-values.ts";
import { inert, shortened } from "./inert.ts";

const MOST_LINES = 20;
const MAX_EXPLANATION = 300;

export function replayText(answer: ReplayAnswer): string {
  const { incidents, incidents_total, detections_total } = answer;
  return written([
    ...heading(answer),
    `${plural(incidents_total, "incident")}, ${plural(detections_total, "detection")}`,
    "",
    ...listed(incidents, incidents_total),
  ]);
}

export function backtestText(answer: BacktestAnswer): string {
  const { present, proposed, appeared, vanished } = answer;
  return written([
    ...heading(answer),
    ...days(present, proposed),
    "",
    ...difference("would be told besides", appeared),
    "",
    ...difference("would not be told any more", vanished),
  ]);
}

function heading(answer: ReplayAnswer | BacktestAnswer): readonly string[] {
  const { from, until, events, complete } = answer;
  const short = (time: string) => time.slice(0, 16).replace("T", " ");
  const cut = complete ? "" : " (it is more than can be looked at at once: name a service or a shorter time)";
  return [`${short(from)} to ${short(until)} UTC, ${plural(events, "event")} read${cut}`, ""];
}

function days(present: Told, proposed: Told): readonly string[] {
  const byDay = (told: Told) => new Map(told.days.map((one) => [one.day, one]));
  const [before, after] = [byDay(present), byDay(proposed)];
  const all = [...new Set([...before.keys(), ...after.keys()])].sort();
  const cell = (value: number) => String(value).padStart(8);
  const row = (name: string, a: Counts | undefined, b: Counts | undefined) =>
    `${name.padEnd(10)} ${cell(a?.incidents ?? 0)} ${cell(b?.incidents ?? 0)} ${cell(a?.detections ?? 0)} ${cell(b?.detections ?? 0)}`;
  return [
    "             incidents        detections",
    "day             now     then      now     then",
    ...all.map((day) => row(day, before.get(day), after.get(day))),
    row("all", present, proposed),
  ];
}

interface Counts {
  readonly incidents: number;
  readonly detections: number;
}

function difference(words: string, { incidents, detections, examples }: Difference): readonly string[] {
  return [
    `${plural(incidents, "incident")} and ${plural(detections, "detection")} ${words}`,
    ...listed(examples.incidents, incidents),
    ...examples.detections.slice(0, MOST_LINES).map(detectionLine),
  ];
}

function listed(incidents: readonly Incident[], total: number): readonly string[] {
  const shown = incidents.slice(0, MOST_LINES);
  const left = total - shown.length;
  return [...shown.map(incidentLine), ...(left > 0 ? [`  … and ${left} more`] : [])];
}

function incidentLine({ severity, risk, title, first_seen, id }: Incident): string {
  const time = first_seen.slice(0, 16).replace("T", " ");
  return `  ${severity.toUpperCase().padEnd(8)} ${String(Math.round(risk)).padStart(3)}  ${time}  ${shortened(title, 120)}  ${id}`;
}

function detectionLine({ detector, entity, explanation }: Detection): string {
  return `  ${detector} by ${shortened(entity.value, 60)}: ${shortened(explanation, MAX_EXPLANATION)}`;
}

function written(lines: readonly string[]): string {
  return `${lines.map((line) => inert(line).trimEnd()).join("\n")}\n`;
}
