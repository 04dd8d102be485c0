/**
 * How well inspection tells attacks from traffic, on public corpora that are read and never copied. Each corpus is
 * split in two by a hash of the sample: one half may be looked at while detectors are written, the other is only
 * scored. If the two differ, something was fitted rather than understood.
 *
 * @example node eval/inspect.js /path/to/corpora
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync, inflateRawSync } from "node:zlib";
import { type ApiEvent, ATTACK_SCORE, emptyEvent, type Finding, type FindingClass } from "../src/event.ts";
import { inspect } from "../src/inspect/inspect.ts";

/** One sample of a corpus. `wanted` lists the classes that would be right; none for benign traffic. */
export interface Sample {
  readonly set: string;
  readonly text: string;
  readonly event: ApiEvent;
  readonly wanted: readonly FindingClass[] | undefined;
}

export interface Row {
  readonly set: string;
  readonly kind: "attack" | "benign";
  readonly looked: Share;
  readonly scored: Share;
}

export interface Share {
  readonly samples: number;
  /** Attacks found, or benign samples flagged. */
  readonly flagged: number;
}

export async function evaluateInspection(corporaDir: string): Promise<readonly Row[]> {
  const counts = new Map<string, { kind: Row["kind"]; n: number[]; hit: number[] }>();
  for (const sample of samplesOf(corporaDir)) {
    const kind = sample.wanted === undefined ? "benign" : "attack";
    const count = counts.get(sample.set) ?? { kind, n: [0, 0], hit: [0, 0] };
    counts.set(sample.set, count);
    const half = halfOf(sample.text);
    count.n[half] = (count.n[half] ?? 0) + 1;
    if (isFlagged(sample)) count.hit[half] = (count.hit[half] ?? 0) + 1;
  }
  return [...counts].map(([set, { kind, n, hit }]) => ({
    set,
    kind,
    looked: { samples: n[0] ?? 0, flagged: hit[0] ?? 0 },
    scored: { samples: n[1] ?? 0, flagged: hit[1] ?? 0 },
  }));
}

/** An attack counts as found when a fitting class is; a benign sample is flagged by any class. */
export function isFlagged(sample: Sample): boolean {
  return inspect(sample.event).some(
    (finding) =>
      finding.score >= ATTACK_SCORE && (sample.wanted === undefined || fits(finding, sample.wanted)),
  );
}

function fits(finding: Finding, wanted: readonly FindingClass[]): boolean {
  return wanted.length === 0 || wanted.includes(finding.class);
}

/** 0 for the half that may be looked at, 1 for the half that is only scored. FNV-1a with a final mix. */
export function halfOf(text: string): 0 | 1 {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b) >>> 0;
  return ((hash ^ (hash >>> 13)) & 1) === 1 ? 1 : 0;
}

export function* samplesOf(corporaDir: string): Generator<Sample> {
  yield* libinjection(join(corporaDir, "libinjection/libinjection.jsonl"));
  yield* httpParams(join(corporaDir, "httpparams/payload_full.csv"));
  yield* coreRuleSet(join(corporaDir, "crs/crs-regression.jsonl"));
  yield* goTestWaf(join(corporaDir, "gotestwaf/gotestwaf.jsonl"));
  yield* csic(join(corporaDir, "csic2010/csic2010-test-split.jsonl.gz"), "csic2010");
  yield* csic(join(corporaDir, "csic-torpeda2012/torpeda.jsonl.gz"), "torpeda");
  yield* accessLog(join(corporaDir, "elastic-examples/apache_logs"));
  yield* naturalText(join(corporaDir, "../reference/fp-text"));
}

function linesOf(file: string): string[] {
  if (!existsSync(file)) {
    console.error(`${file} is absent: skipped.`);
    return [];
  }
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n").filter((line) => line.length > 0);
}

/** A parameter value where such values usually stand. */
function inQuery(value: string): ApiEvent {
  return {
    ...emptyEvent(),
    "http.request.method": "GET",
    "url.path": "/items",
    "url.query": `q=${encode(value)}`,
  };
}

function encode(value: string): string {
  return encodeURIComponent(Buffer.from(value, "utf8").toString("utf8")).replaceAll("'", "%27");
}

function lenientDecode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
}

function* libinjection(file: string): Generator<Sample> {
  for (const line of linesOf(file)) {
    const { kind, raw } = JSON.parse(line) as { kind: string; raw: string };
    if (kind !== "sqli" && kind !== "xss" && kind !== "fp") continue;
    const wanted: readonly FindingClass[] | undefined = kind === "fp" ? undefined : [kind];
    yield {
      set: `libinjection ${kind === "fp" ? "benign" : kind}`,
      text: raw,
      event: inQuery(lenientDecode(raw)),
      wanted,
    };
  }
}

const HTTP_PARAMS: Readonly<Record<string, readonly FindingClass[] | undefined>> = {
  norm: undefined,
  sqli: ["sqli"],
  xss: ["xss"],
  cmdi: ["cmdi", "code"],
  "path-traversal": ["traversal", "lfi_rfi"],
};

function* httpParams(file: string): Generator<Sample> {
  for (const line of linesOf(file).slice(1)) {
    const match = /^"(.*)","\d+","([^"]*)","[^"]*"\s*$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const text = match[1].replaceAll('""', '"');
    const set = match[2] === "norm" ? "httpparams benign" : `httpparams ${match[2]}`;
    yield { set, text, event: inQuery(text), wanted: HTTP_PARAMS[match[2]] };
  }
}

/** What a rule family of the Core Rule Set is about. */
const FAMILIES: Readonly<Record<string, readonly FindingClass[]>> = {
  "930": ["traversal", "lfi_rfi", "other"],
  "931": ["lfi_rfi", "ssrf", "open_redirect"],
  "932": ["cmdi", "code", "webshell", "crlf", "lfi_rfi"],
  "933": ["code", "webshell", "lfi_rfi", "deserialization", "ssti"],
  "934": ["code", "ssrf", "ssti", "prototype_pollution", "nosqli", "sqli", "xss", "lfi_rfi"],
  "941": ["xss", "xxe", "ssti"],
  "942": ["sqli", "nosqli"],
  "944": ["code", "log4shell", "deserialization", "webshell", "ssti"],
};

interface Stage {
  readonly fam: string;
  readonly pos: boolean;
  readonly neg: boolean;
  readonly input: {
    readonly method?: string;
    readonly uri?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly data?: unknown;
    readonly encoded_request?: string;
  };
}

function* coreRuleSet(file: string): Generator<Sample> {
  for (const line of linesOf(file)) {
    const { fam, pos, neg, input } = JSON.parse(line) as Stage;
    const family = /-(\d{3})-/.exec(fam)?.[1] ?? "";
    const wanted = FAMILIES[family];
    if (wanted === undefined || (!pos && !neg)) continue;
    const event =
      input.encoded_request === undefined
        ? requestOf(
            input.method ?? "GET",
            input.uri ?? "/",
            input.headers ?? {},
            input.data === undefined ? "" : String(input.data),
          )
        : rawRequest(Buffer.from(input.encoded_request, "base64").toString("utf8"));
    const set = pos ? `crs ${family}` : `crs ${family} negatives`;
    yield { set, text: JSON.stringify(input), event, wanted: pos ? wanted : undefined };
  }
}

function requestOf(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): ApiEvent {
  const target = url.replace(/^https?:\/\/[^/]*/, "");
  const question = target.indexOf("?");
  const lower: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) lower[name.toLowerCase()] = String(value);
  return {
    ...emptyEvent(),
    "http.request.method": method,
    "url.path": question < 0 ? target : target.slice(0, question),
    "url.query": question < 0 ? undefined : target.slice(question + 1),
    "http.request.headers": lower,
    "user_agent.original": lower["user-agent"],
    "http.request.body": body === "" ? undefined : body,
  };
}

function rawRequest(text: string): ApiEvent {
  const gap = /\r?\n\r?\n/.exec(text);
  const head = gap === null ? text : text.slice(0, gap.index);
  const body = gap === null ? "" : text.slice(gap.index + gap[0].length);
  const [first = "", ...rest] = head.split(/\r?\n/);
  const [method = "GET", ...target] = first.replace(/ HTTP\/[\d.]+\s*$/, "").split(" ");
  const headers: Record<string, string> = {};
  for (const line of rest) {
    const colon = line.indexOf(":");
    if (colon > 0) headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
  }
  return requestOf(method, target.join(" "), headers, body);
}

interface WafCase {
  readonly set: string;
  readonly payload: string;
  readonly encoders: readonly string[];
  readonly placeholders: readonly (string | Readonly<Record<string, unknown>>)[];
  readonly malicious: boolean;
}

/** Every payload in every encoder and placeholder, as the tool would send it. */
function* goTestWaf(file: string): Generator<Sample> {
  for (const line of linesOf(file)) {
    const { payload, encoders, placeholders, malicious } = JSON.parse(line) as WafCase;
    for (const encoder of encoders) {
      for (const holder of placeholders) {
        const name = typeof holder === "string" ? holder : (Object.keys(holder)[0] ?? "");
        const event = placed(payload, encoder, name, holder);
        if (event === undefined) continue;
        const set = malicious ? "gotestwaf attacks" : "gotestwaf benign";
        yield { set, text: `${encoder} ${name} ${payload}`, event, wanted: malicious ? [] : undefined };
      }
    }
  }
}

function placed(payload: string, encoder: string, name: string, holder: unknown): ApiEvent | undefined {
  const flat =
    encoder === "Base64Flat" ? Buffer.from(payload).toString("base64").replace(/=+$/, "") : payload;
  const url = encoder === "URL" ? encode(payload) : flat;
  const form = { "content-type": "application/x-www-form-urlencoded" };
  switch (name) {
    case "URLParam":
      return requestOf("GET", `/?q4f1=${url}`, {}, "");
    case "URLPath":
      return requestOf("GET", `/${url}`, {}, "");
    case "HTMLForm":
      return requestOf("POST", "/", form, `q4f1=${url}`);
    case "HTMLMultipartForm": {
      const body = `--b0undary\r\nContent-Disposition: form-data; name="q4f1"\r\n\r\n${url}\r\n--b0undary--\r\n`;
      return requestOf("POST", "/", { "content-type": "multipart/form-data; boundary=b0undary" }, body);
    }
    case "JSONRequest":
    case "JSONBody":
      return requestOf(
        "POST",
        "/",
        { "content-type": "application/json" },
        name === "JSONBody" ? flat : JSON.stringify({ test: true, q4f1: url }),
      );
    case "Header":
      return requestOf("GET", "/", { "x-q4f1": url }, "");
    case "UserAgent":
      return requestOf("GET", "/", { "user-agent": url }, "");
    case "XMLBody":
      return requestOf("POST", "/", { "content-type": "text/xml" }, url);
    case "SOAPBody":
      return requestOf("POST", "/", { "content-type": "text/xml" }, soap(url));
    case "RequestBody":
      return requestOf("POST", "/", {}, url);
    case "GraphQL":
      return JSON.stringify(holder).includes("POST")
        ? requestOf("POST", "/graphql", { "content-type": "application/json" }, flat)
        : requestOf("GET", `/graphql?query=${encode(flat)}`, {}, "");
    case "RawRequest":
    case "gRPC":
      return requestOf("POST", "/", { "content-type": "application/octet-stream" }, flat);
    default:
      return undefined;
  }
}

function soap(value: string): string {
  return `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><ab><int>1</int><string>${value}</string></ab></soapenv:Body></soapenv:Envelope>`;
}

interface ShopRequest {
  readonly label: number;
  readonly cls?: string;
  readonly method: string;
  readonly url?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Many "anomalous" requests are malformed rather than malicious: their share is shown, not aimed at. */
function* csic(file: string, corpus: string): Generator<Sample> {
  for (const line of linesOf(file)) {
    const request = JSON.parse(line) as ShopRequest;
    const target = request.url ?? `${request.path ?? "/"}${request.query ? `?${request.query}` : ""}`;
    const headers = { "content-type": "application/x-www-form-urlencoded", ...request.headers };
    const benign = request.label === 0;
    const name = benign ? "benign" : (request.cls ?? "anomalous").toLowerCase();
    yield {
      set: `${corpus} ${name}`,
      text: line,
      event: requestOf(request.method, target, headers, request.body ?? ""),
      wanted: benign ? undefined : /sqli|sql/.test(name) ? ["sqli"] : [],
    };
  }
}

function* accessLog(file: string): Generator<Sample> {
  const combined = /^\S+ \S+ \S+ \[[^\]]+\] "(\S+) (\S+)[^"]*" \d+ \S+ "([^"]*)" "([^"]*)"/;
  for (const line of linesOf(file)) {
    const [, method = "", target = "", referer = "", agent = ""] = combined.exec(line) ?? [];
    const event = requestOf(method, target, { referer, "user-agent": agent }, "");
    yield { set: "apache_logs", text: line, event, wanted: undefined };
  }
}

/** Each line of prose as a field of a JSON body. */
function* naturalText(dir: string): Generator<Sample> {
  if (!existsSync(dir)) {
    console.error(`${dir} is absent: skipped.`);
    return;
  }
  for (const file of readdirSync(dir).filter((name) => name.endsWith(".zip"))) {
    for (const content of unzip(readFileSync(join(dir, file)))) {
      for (const line of content.split(/\r?\n/)) {
        const text = line.trim();
        if (text.length === 0) continue;
        const event = { ...emptyEvent(), "url.path": "/comments", "http.request.body": { text } };
        yield { set: "natural text", text, event, wanted: undefined };
      }
    }
  }
}

/** The text files of a zip archive (APPNOTE 4.3.7): enough for archives that store sizes in their central directory. */
function* unzip(archive: Buffer): Generator<string> {
  let at = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (at < 0) return;
  const entries = archive.readUInt16LE(at + 10);
  at = archive.readUInt32LE(at + 16);
  for (let i = 0; i < entries; i++) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const size = archive.readUInt32LE(at + 20);
    const local = archive.readUInt32LE(at + 42);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = archive.subarray(from, from + size);
    const stored = archive.readUInt16LE(at + 10) === 0;
    if (!name.endsWith("/") && size > 0) yield (stored ? bytes : inflateRawSync(bytes)).toString("utf8");
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

export function formatRows(rows: readonly Row[]): string {
  const percent = ({ samples, flagged }: Share) =>
    samples === 0 ? "-" : `${((100 * flagged) / samples).toFixed(2)} %`;
  const lines = [["set", "kind", "samples", "looked at", "scored"]];
  for (const row of rows) {
    lines.push([
      row.set,
      row.kind,
      String(row.looked.samples + row.scored.samples),
      percent(row.looked),
      percent(row.scored),
    ]);
  }
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

if (basename(process.argv[1] ?? "").startsWith("inspect.")) {
  const dir = process.argv[2] ?? process.env.VEDETTE_CORPORA ?? "../shared/corpora";
  console.log(formatRows(await evaluateInspection(dir)));
}
