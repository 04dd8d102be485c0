/** How well other people's logs are read, against the fields that the modules they come from expect. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { detectFormat } from "../src/capture/detect-format.ts";
import type { FormatChoice, FormatOptions, LineResult } from "../src/capture/format.ts";
import { openFormat } from "../src/capture/open-format.ts";
import { type ApiEvent, emptyEvent } from "../src/event.ts";
import { CORPORA } from "./corpora.ts";
import { type Row, share } from "./table.ts";

export function filesBelow(folder: string, wanted: (name: string) => boolean): string[] {
  const entries = readdirSync(join(CORPORA, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && wanted(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

export interface Line {
  readonly offset: number;
  readonly text: string;
  readonly result: LineResult;
  readonly event: ApiEvent;
}

function optionsFor(file: string): FormatOptions {
  return { zoneMinutes: -120, newest: statSync(file).mtimeMs };
}

export function detected(file: string): FormatChoice | undefined {
  const lines = readFileSync(file, "utf8").split("\n");
  const detection = detectFormat(lines.slice(0, 200), optionsFor(file));
  return detection.found ? detection.choice : undefined;
}

/** Every line that is not blank, parsed with the format that was found. */
export function parsed(file: string): readonly Line[] {
  const choice = detected(file);
  const parser = choice === undefined ? undefined : openFormat(choice);
  let offset = 0;
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((text) => {
      const at = offset;
      offset += Buffer.byteLength(text) + 1;
      if (text.trim() === "") return [];
      const event = emptyEvent();
      return [{ offset: at, text, result: parser?.parse(text, event) ?? ("failed" as const), event }];
    });
}

type Expected = Readonly<Record<string, unknown>>;

/** Percent-encoding and IIS's plus signs undone: the expectations hold decoded paths and queries. */
function decoded(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
const plusless = (text: unknown): unknown => (typeof text === "string" ? text.replaceAll("+", " ") : text);
const target = (event: ApiEvent): string | undefined =>
  event["url.query"] === undefined ? event["url.path"] : `${event["url.path"]}?${event["url.query"]}`;

/** Expected field → does the event say the same? */
const CHECKS: Readonly<Record<string, (event: ApiEvent, expected: unknown, iis: boolean) => boolean>> = {
  "@timestamp": (event, expected) => Math.floor(event.timestamp) === Date.parse(String(expected)),
  "source.address": (event, expected) => event["client.address"] === String(expected).replace(/%\w+$/, ""),
  "source.ip": (event, expected) => event["client.address"] === expected,
  "http.request.method": (event, expected) => event["http.request.method"] === expected,
  "http.response.status_code": (event, expected) => event["http.response.status_code"] === expected,
  "http.response.body.bytes": (event, expected) => event["http.response.body.size"] === expected,
  "http.request.body.bytes": (event, expected) => event["http.request.body.size"] === expected,
  "http.version": (event, expected) =>
    event["network.protocol.version"] === String(expected).replace(/^([23])\.0$/, "$1"),
  "http.request.referrer": (event, expected) => (event["http.request.headers"]?.referer ?? "-") === expected,
  "url.path": (event, expected) => event["url.path"] === expected || decoded(event["url.path"]) === expected,
  "url.query": (event, expected, iis) =>
    decoded(event["url.query"]) === expected || (iis && plusless(event["url.query"]) === plusless(expected)),
  "url.original": (event, expected, iis) =>
    target(event) === expected ||
    (iis && event["url.path"] === expected) ||
    target(event) === String(expected).replace(/^[a-z]+:\/\/[^/]+/, ""),
  "url.domain": (event, expected) => event["server.address"] === expected,
  "user.name": (event, expected) => (event["user.id"] ?? "-") === expected,
  "user_agent.original": (event, expected) => event["user_agent.original"] === expected,
  "event.duration": (event, expected) => Math.round((event.duration_ms ?? Number.NaN) * 1e6) === expected,
  "http.request.id": (event, expected) => event["event.id"] === expected,
};

export interface Reading {
  readonly lines: number;
  readonly failed: readonly string[];
  readonly checks: number;
  readonly wrong: readonly string[];
}

/** Every line of the Elastic modules' logs, and every field of theirs that an event has. */
export function readModules(): Reading {
  let lines = 0;
  let checks = 0;
  const failed: string[] = [];
  const wrong: string[] = [];
  for (const file of filesBelow("beats-oss-modules", (name) => name.endsWith(".log"))) {
    const name = relative(CORPORA, file);
    const read = parsed(file);
    lines += read.length;
    for (const { result, text } of read) if (result === "failed") failed.push(`${name}: ${text}`);
    const expectations = JSON.parse(readFileSync(`${file}-expected.json`, "utf8")) as readonly Expected[];
    const byOffset = new Map(read.map((line) => [line.offset, line]));
    for (const expected of expectations) {
      const line = byOffset.get(Number(expected["log.offset"]));
      for (const [field, check] of Object.entries(CHECKS)) {
        if (expected[field] === undefined) continue;
        checks++;
        if (line !== undefined && check(line.event, expected[field], file.includes("/iis/"))) continue;
        wrong.push(`${name} ${field}: ${JSON.stringify(expected[field])} in ${line?.text}`);
      }
    }
  }
  return { lines, failed, checks, wrong };
}

export async function evaluateParsing(): Promise<Row[]> {
  if (!existsSync(join(CORPORA, "beats-oss-modules"))) return [];
  const { lines, failed, checks, wrong } = readModules();
  for (const each of [...failed, ...wrong]) console.log(`  ${each}`);
  return [
    {
      area: "parsing",
      measure: "lines of the Elastic modules' logs that are read",
      value: share(lines - failed.length, lines),
      goal: "100 %",
      met: failed.length === 0,
    },
    {
      area: "parsing",
      measure: "their expected fields that are equal",
      value: share(checks - wrong.length, checks),
      goal: "98 %",
      met: wrong.length <= checks * 0.02,
    },
  ];
}
