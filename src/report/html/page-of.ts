/** A scan's result as the page shows it. */
import { plural } from "../format-values.ts";
import type { EndpointSummary, InputSummary, ScanResult, ServiceSummary } from "../model.ts";
import { verdictLine } from "../text.ts";
import { finite } from "./happenings.ts";
import { logText } from "./log-text.ts";
import type { Page, PageEndpoint, PageInput, PageService } from "./page.ts";
import { below, sharedFolder } from "./places.ts";
import { tell } from "./told.ts";

const MOST_INPUTS = 100;
const MOST_MAPPINGS = 60;
const MOST_PROBLEMS = 100;
/** Over all services. */
const MOST_ENDPOINTS = 1000;

export function pageOf(result: ScanResult): Page {
  const files = result.inputs.map(({ file }) => file);
  const folder = sharedFolder(files);
  const { incidents, alsoSeen, omitted } = tell(result.incidents, result.detections, folder);
  const services = servicesWithin(result.services);
  return {
    version: 1,
    verdict: verdictLine(result),
    subject: subjectOf(files, folder),
    folder: logText(folder, 300),
    command: logText(`vedette scan ${namesOf(files)}`, 300),
    inputs: result.inputs.slice(0, MOST_INPUTS).map((input) => inputOf(input, folder)),
    lines: finite(result.lines),
    parsed: finite(result.parsed),
    ignored: finite(result.ignored),
    skipped: finite(result.skipped),
    from: Number.isFinite(result.firstTime) ? result.firstTime : null,
    to: Number.isFinite(result.lastTime) ? result.lastTime : null,
    timeline: {
      start: finite(result.timeline.start),
      stepMs: finite(result.timeline.stepMs),
      requests: result.timeline.requests.map(finite),
      refused: result.timeline.refused.map(finite),
      failed: result.timeline.failed.map(finite),
      attacks: result.timeline.attacks.map(finite),
    },
    incidents,
    alsoSeen,
    services,
    blindSpots: result.blindSpots.map((spot) => ({
      field: spot.field,
      title: logText(spot.title, 200),
      lost: spot.lost.map((each) => logText(each, 1000)),
      advice: logText(spot.advice, 1000),
    })),
    problems: result.problems.slice(0, MOST_PROBLEMS).map((problem) => ({
      code: problem.code,
      input: logText(below(folder, problem.input), 300),
      message: logText(problem.message, 500),
      remedy: logText(problem.remedy, 500),
    })),
    omitted: {
      ...omitted,
      endpoints: endpointCount(result.services) - endpointCount(services),
      inputs: Math.max(0, files.length - MOST_INPUTS),
      problems: Math.max(0, result.problems.length - MOST_PROBLEMS),
    },
  };
}

function subjectOf(files: readonly string[], folder: string): string {
  const [only = ""] = files;
  return files.length === 1 ? logText(below(folder, only), 200) : plural(files.length, "file");
}

function namesOf(files: readonly string[]): string {
  return files.length <= 3 ? files.join(" ") : `${files.slice(0, 3).join(" ")} …`;
}

function inputOf(input: InputSummary, folder: string): PageInput {
  return {
    file: logText(below(folder, input.file), 300),
    format: logText(input.format, 60),
    title: logText(input.title, 200),
    evidence: logText(input.evidence, 300),
    mapping: Object.entries(input.mapping)
      .slice(0, MOST_MAPPINGS)
      .map(([field, path]) => [logText(field, 100), logText(path, 200)]),
    lines: finite(input.lines),
    parsed: finite(input.parsed),
    skipped: finite(input.skipped),
  };
}

function servicesWithin(services: readonly ServiceSummary[]): PageService[] {
  const shown: PageService[] = [];
  let room = MOST_ENDPOINTS;
  for (const service of services) {
    if (room <= 0) break;
    const endpoints = service.endpoints.slice(0, room).map(endpointOf);
    room -= Math.max(1, endpoints.length);
    shown.push({ name: logText(service.name, 200), requests: finite(service.requests), endpoints });
  }
  return shown;
}

function endpointOf(endpoint: EndpointSummary): PageEndpoint {
  return {
    endpoint: logText(endpoint.endpoint, 200),
    requests: finite(endpoint.requests),
    clientErrors: share(endpoint.clientErrors),
    serverErrors: share(endpoint.serverErrors),
    p50: milliseconds(endpoint.p50),
    p95: milliseconds(endpoint.p95),
  };
}

function share(value: number): number {
  return Math.round(finite(value) * 1e4) / 1e4;
}

function milliseconds(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Math.round(value * 10) / 10;
}

function endpointCount(services: readonly { readonly endpoints: readonly unknown[] }[]): number {
  return services.reduce((sum, { endpoints }) => sum + endpoints.length, 0);
}
