/**
 * Scenarios as text: what happened on the left, what a detector must say about it after an arrow.
 *
 *     == six refused logins in ten seconds
 *     10:00:00 192.0.2.7 POST /login 401 120 x6 every=2s
 *     -> brute_force low attempted 192.0.2.7
 *
 * A line is: time, client, method, target, status, then in any order bytes, `xN` (repeat), `every=2s`, `user=`,
 * `key=`, `session=`, `ua=`, `lang=`, `ref=`, `ms=`, `host=`, `clock=20m` (what stands in the
 * record is so much earlier), `at=DE/3320` (country and
 * autonomous system). In client, target and user, `{1..500}` counts up with the repetition (and
 * starts again after its end), `{ip}` is a new address each time, `{word}` a new word. A time may carry a day:
 * `d3 10:00:00`. `-> nothing` says that the detector must be silent. `# …` is a comment.
 */
import { type ApiEvent, emptyEvent } from "../../src/event.ts";

export interface Scenario {
  readonly name: string;
  readonly events: readonly ApiEvent[];
  /** "brute_force low attempted 192.0.2.7" each; empty for silence. */
  readonly expected: readonly string[];
}

const DAY_ZERO = Date.UTC(2026, 2, 2);
const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36";

export function parseScenarios(text: string): Scenario[] {
  const scenarios: Scenario[] = [];
  let name = "";
  let events: Happened[] = [];
  let expected: string[] | undefined;
  const finish = () => {
    if (name === "") return;
    if (expected === undefined) throw new Error(`the scenario "${name}" expects nothing, not even silence`);
    events.sort((a, b) => a.at - b.at);
    scenarios.push({ name, events: events.map(({ event }) => event), expected });
    events = [];
    expected = undefined;
  };
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("== ")) {
      finish();
      name = line.slice(3);
    } else if (line.startsWith("-> ")) {
      expected ??= [];
      if (line !== "-> nothing") expected.push(line.slice(3));
    } else events.push(...expand(line));
  }
  finish();
  return scenarios;
}

/** An event, and when it really was. */
interface Happened {
  readonly at: number;
  readonly event: ApiEvent;
}

function expand(line: string): Happened[] {
  const match = /^(?:d(\d+) )?(\d\d):(\d\d):(\d\d(?:\.\d+)?) (\S+) (\S+) (\S+) (\d+|-)(.*)$/.exec(line);
  if (!match) throw new Error(`not an event line: ${line}`);
  const [, day, hours, minutes, seconds, client = "", method = "", target = "", status = "", rest = ""] =
    match;
  const options = readOptions(rest);
  const start =
    DAY_ZERO +
    Number(day ?? 0) * 86_400_000 +
    Number(hours) * 3_600_000 +
    Number(minutes) * 60_000 +
    Number(seconds) * 1000;
  return Array.from({ length: options.times }, (_, index) => {
    const event = emptyEvent();
    const path = fill(target, index);
    const mark = path.indexOf("?");
    const at = start + index * options.everyMs;
    event.timestamp = at - options.behindMs;
    event["client.address"] = fill(client, index);
    event["http.request.method"] = method === "-" ? undefined : method;
    event["url.path"] = mark === -1 ? path : path.slice(0, mark);
    event["url.query"] = mark === -1 ? undefined : path.slice(mark + 1);
    event["http.response.status_code"] = status === "-" ? undefined : Number(status);
    event["http.response.body.size"] = options.bytes;
    event["user_agent.original"] = options.agent;
    event["user.id"] = options.user === undefined ? undefined : fill(options.user, index);
    event["server.address"] = options.host;
    event.duration_ms = options.milliseconds;
    event["session.id"] = options.session === undefined ? undefined : fill(options.session, index);
    const [country, system] = options.at?.split("/") ?? [];
    event["client.geo.country_iso_code"] = country;
    event["client.as.number"] = system === undefined ? undefined : Number(system);
    const headers: Record<string, string> = {};
    if (options.language !== undefined) headers["accept-language"] = options.language;
    if (options.referer !== undefined) headers.referer = options.referer;
    if (options.key !== undefined) headers["x-api-key"] = fill(options.key, index);
    if (Object.keys(headers).length > 0) event["http.request.headers"] = headers;
    return { at, event };
  });
}

interface Options {
  times: number;
  everyMs: number;
  behindMs: number;
  bytes: number | undefined;
  agent: string | undefined;
  user: string | undefined;
  key: string | undefined;
  session: string | undefined;
  language: string | undefined;
  at: string | undefined;
  referer: string | undefined;
  host: string | undefined;
  milliseconds: number | undefined;
}

function readOptions(text: string): Options {
  const options: Options = {
    times: 1,
    everyMs: 1000,
    behindMs: 0,
    bytes: 500,
    agent: BROWSER,
    user: undefined,
    key: undefined,
    session: undefined,
    language: undefined,
    at: undefined,
    referer: undefined,
    host: undefined,
    milliseconds: undefined,
  };
  for (const word of text.match(/(?:[^\s"]|"[^"]*")+/g) ?? []) {
    const [name = "", value = ""] = word.split(/=(.*)/s, 2);
    const bare = value.replaceAll('"', "");
    if (/^\d+$/.test(word)) options.bytes = Number(word);
    else if (/^x\d+$/.test(word)) options.times = Number(word.slice(1));
    else if (name === "every") options.everyMs = span(value);
    else if (name === "clock") options.behindMs = span(value);
    else if (name === "user") options.user = bare;
    else if (name === "key") options.key = bare;
    else if (name === "session") options.session = bare;
    else if (name === "lang") options.language = bare;
    else if (name === "at") options.at = bare;
    else if (name === "ua") options.agent = bare === "" ? undefined : bare;
    else if (name === "ref") options.referer = bare;
    else if (name === "host") options.host = bare;
    else if (name === "ms") options.milliseconds = Number(value);
    else throw new Error(`not an option: ${word}`);
  }
  return options;
}

function span(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  if (!match) throw new Error(`not a span of time: ${text}`);
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  return Number(match[1]) * (units[match[2] ?? ""] ?? 0);
}

function fill(text: string, index: number): string {
  return text
    .replace(/\{(\d+)\.\.(\d+)\}/g, (_, from, to) =>
      String(Number(from) + (index % (Number(to) - Number(from) + 1))),
    )
    .replaceAll("{ip}", `203.0.${(index >> 8) & 255}.${index & 255}`)
    .replaceAll("{word}", wordOf(index));
}

/** Letters only, so that no word looks like a number or an identifier. */
function wordOf(index: number): string {
  let word = "";
  for (let n = index + 1000, i = 0; i < 5; i++, n = Math.floor(n / 7) + 31 * index) {
    word += String.fromCharCode(97 + (n % 26));
  }
  return word;
}
