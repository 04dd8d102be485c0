/** The report for a terminal: gravest first, one screen for the usual case, colour only where it is wanted. */
import type { Detection, Incident, Sample, Severity } from "../event.ts";
import { count, duration, plural, span } from "./format-values.ts";
import { inert, shortened } from "./inert.ts";
import type { ScanResult } from "./model.ts";
import { sparkline } from "./sparkline.ts";
import { columns, wrap } from "./width.ts";

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
  /** Incidents shown in full; the rest get a line each. */
  readonly most: number;
}

const MIN_WIDTH = 60;
const MAX_WIDTH = 120;
const INDENT = "            ";
const SAMPLES = 3;

type Paint = (text: string) => string;
interface Palette {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly severity: Readonly<Record<Severity, Paint>>;
}

export function textReport(result: ScanResult, options: TextOptions): string {
  const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, options.width)) - 1;
  const palette = options.colour ? COLOURS : PLAIN;
  const lines = [
    ...heading(result, width, palette),
    ...traffic(result, width, palette),
    ...incidents(result, width, palette, options.most),
    ...facts(result, width, palette),
    ...blindSpots(result, width, palette),
    ...problems(result, width, palette),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function heading(result: ScanResult, width: number, palette: Palette): string[] {
  const files = result.inputs.map((input) => input.file);
  const formats = [
    ...new Set(result.inputs.map((input) => shortTitle(input.title)).filter((title) => title !== "")),
  ];
  const what = files.length === 1 ? (files[0] ?? "") : plural(files.length, "file");
  const time = Number.isNaN(result.firstTime)
    ? ["no times"]
    : [`${span(result.firstTime, result.lastTime)} UTC`, `(${duration(result.lastTime - result.firstTime)})`];
  const skipped = result.skipped > 0 ? `, ${count(result.skipped)} not understood` : "";
  return [
    "",
    ...wrap(
      inert(
        `${what} · ${formats.join(", ") || "no known format"} · ${plural(result.parsed, "request")}${skipped}`,
      ),
      width,
    ).map(palette.bold),
    palette.dim(inert(time.join(" "))),
    "",
    ...wrap(verdictLine(result), width).map(palette.bold),
    "",
  ];
}

/** "combined (nginx, Apache and many more)" is "combined" where there is little room. */
function shortTitle(title: string): string {
  return title.replace(/ \(.*/, "");
}

/** The state of things in one line. */
export function verdictLine(result: ScanResult): string {
  if (result.incidents.length === 0) {
    return result.parsed === 0
      ? "Nothing to judge: no request was read."
      : "No incident. Nothing here looks like an attack.";
  }
  const urgent = result.incidents.filter(({ severity }) => severity === "critical" || severity === "high");
  const worked = result.incidents.filter(
    ({ outcome }) => outcome === "succeeded" || outcome === "probably_succeeded",
  );
  const parts = [plural(result.incidents.length, "incident")];
  parts.push(
    urgent.length === 0
      ? "none of them urgent"
      : `${count(urgent.length)} need${urgent.length === 1 ? "s" : ""} you now`,
  );
  if (worked.length > 0)
    parts.push(`${count(worked.length)} seem${worked.length === 1 ? "s" : ""} to have worked`);
  return `${parts.join("; ")}.`;
}

function traffic(result: ScanResult, width: number, palette: Palette): string[] {
  const { timeline } = result;
  if (timeline.requests.length < 2) return [];
  const room = width - 30;
  const row = (name: string, series: readonly number[], paint: Paint) => {
    const total = series.reduce((sum, value) => sum + value, 0);
    if (total === 0) return [];
    return [`${name.padEnd(10)}${paint(sparkline(series, room).padEnd(room))}  ${count(total)}`];
  };
  return [
    ...row("requests", timeline.requests, palette.dim),
    ...row("refused", timeline.refused, palette.dim),
    ...row("failed", timeline.failed, palette.severity.medium),
    ...row("attacks", timeline.attacks, palette.severity.high),
    "",
  ];
}

function incidents(result: ScanResult, width: number, palette: Palette, most: number): string[] {
  const detections = new Map(result.detections.map((detection) => [detection.id, detection]));
  const oneFile = result.inputs.length === 1;
  const shown = result.incidents
    .slice(0, most)
    .flatMap((incident) => oneIncident(incident, detections, oneFile, width, palette));
  const rest = result.incidents.slice(most);
  if (rest.length === 0) return shown;
  return [
    ...shown,
    palette.dim(`${plural(rest.length, "more incident")}:`),
    ...rest
      .slice(0, 50)
      .map((incident) => `  ${incident.severity.padEnd(9)} ${shortened(incident.title, width - 12)}`),
    ...(rest.length > 50 ? [`  … and ${count(rest.length - 50)} more (--output json has all)`] : []),
    "",
  ];
}

function oneIncident(
  incident: Incident,
  detections: ReadonlyMap<string, Detection>,
  oneFile: boolean,
  width: number,
  palette: Palette,
): string[] {
  const room = width - INDENT.length;
  const paint = palette.severity[incident.severity];
  const [first = "", ...more] = wrap(inert(incident.title), room);
  const label = `${incident.severity.toUpperCase().padEnd(9)}${String(incident.risk).padStart(2)} `;
  const facts = [
    span(Date.parse(incident.first_seen), Date.parse(incident.last_seen)),
    plural(incident.events, "event"),
    incident.stages.join(" → "),
    nextWords(incident),
  ];
  return [
    `${paint(label)}${palette.bold(first)}`,
    ...more.map((line) => INDENT + palette.bold(line)),
    ...wrap(facts.filter((fact) => fact !== "").join(" · "), room).map((line) => INDENT + palette.dim(line)),
    ...wrap(inert(incident.summary), room).map((line) => INDENT + line),
    ...wrap(`→ ${inert(incident.recommendation)}`, room).map((line) => INDENT + line),
    ...evidence(incident, detections, oneFile, room).map((line) => INDENT + palette.dim(line)),
    "",
  ];
}

/** What is likely enough to be prepared for. */
const LIKELY = 0.25;

function nextWords({ next }: Incident): string {
  if (next === undefined || next.probability < LIKELY) return "";
  return `next ${next.stage}: ${Math.round(next.probability * 100)} %`;
}

function evidence(
  incident: Incident,
  detections: ReadonlyMap<string, Detection>,
  oneFile: boolean,
  room: number,
): string[] {
  const samples: Sample[] = [];
  for (const id of incident.detections)
    samples.push(...(detections.get(id)?.samples.slice(0, SAMPLES) ?? []));
  const telling = samples
    .map((sample, index) => ({ sample, index, weight: sample.findings?.[0]?.score ?? 0 }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index);
  const seen = new Set<string>();
  const lines: string[] = [];
  for (const { sample } of telling) {
    if (seen.has(sample.request)) continue;
    seen.add(sample.request);
    const place = oneFile && "file" in sample ? `line ${sample.line}` : placeOf(sample);
    lines.push(shortened(`${place}  ${sample.status ?? "-"}  ${sample.request}`, room));
    const finding = sample.findings?.[0];
    if (finding !== undefined)
      lines.push(shortened(`  ${finding.class} in ${finding.location}: ${finding.decoded}`, room));
    if (seen.size === SAMPLES) break;
  }
  return lines;
}

export function placeOf(sample: Sample): string {
  return "file" in sample ? `${sample.file}:${sample.line}` : sample.id;
}

/** Detections of severity info: told in a line, never an alarm. */
function facts(result: ScanResult, width: number, palette: Palette): string[] {
  const told = result.detections.filter(({ severity }) => severity === "info");
  if (told.length === 0) return [];
  const byCategory = new Map<string, number>();
  for (const { category } of told) byCategory.set(category, (byCategory.get(category) ?? 0) + 1);
  const list = [...byCategory]
    .map(([category, number]) => `${count(number)} ${category.replaceAll("_", " ")}`)
    .join(", ");
  return [
    ...wrap(`Also seen, no cause for alarm: ${list}. --output json tells each.`, width).map(palette.dim),
    "",
  ];
}

function blindSpots(result: ScanResult, width: number, palette: Palette): string[] {
  if (result.blindSpots.length === 0) return [];
  const lines = [palette.bold("Blind spots: what this log does not say")];
  for (const spot of result.blindSpots) {
    const [first = "", ...more] = wrap(`${spot.title}: ${spot.lost.join("; ")}`, width - 4);
    lines.push(`  - ${first}`, ...more.map((line) => `    ${line}`));
    if (spot.advice !== "")
      lines.push(...wrap(`add ${inert(spot.advice)}`, width - 4).map((line) => `    ${palette.dim(line)}`));
  }
  return [...lines, ""];
}

function problems(result: ScanResult, width: number, palette: Palette): string[] {
  if (result.problems.length === 0) return [];
  return [
    palette.bold("What could not be read"),
    ...result.problems
      .slice(0, 20)
      .flatMap((problem) =>
        wrap(`${inert(problem.input)}: ${inert(problem.message)} ${problem.remedy}`, width - 4).map(
          (line, index) => `${index === 0 ? "  - " : "    "}${line}`,
        ),
      ),
    ...(result.problems.length > 20 ? [`  … and ${count(result.problems.length - 20)} more`] : []),
    "",
  ];
}

const sgr =
  (code: string): Paint =>
  (text) =>
    columns(text) === 0 ? text : `\u001b[${code}m${text}\u001b[0m`;
const same: Paint = (text) => text;

const COLOURS: Palette = {
  bold: sgr("1"),
  dim: sgr("2"),
  severity: {
    info: sgr("36"),
    low: sgr("34"),
    medium: sgr("33"),
    high: sgr("31"),
    critical: sgr("1;97;41"),
  },
};
const PLAIN: Palette = {
  bold: same,
  dim: same,
  severity: { info: same, low: same, medium: same, high: same, critical: same },
};
