/**
 * Accuracy on logs that others collected, with the fields they expect. The corpora are not part of the project:
 * put them beside the repository in `shared/corpora`, or say where with VEDETTE_CORPORA.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { type ApiEvent, emptyEvent } from "../../event.ts";
import { detectFormat } from "../detect-format.ts";
import type { FormatChoice, FormatOptions, LineResult } from "../format.ts";
import { openFormat } from "../open-format.ts";

const ROOT = process.env.VEDETTE_CORPORA ?? join(import.meta.dirname, "../../../../shared/corpora");
const present = existsSync(join(ROOT, "beats-oss-modules"));
if (!present) console.log(`Skipped: no corpora at ${ROOT}; set VEDETTE_CORPORA to run these.`);

function filesBelow(folder: string, wanted: (name: string) => boolean): string[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && wanted(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

interface Line {
  readonly offset: number;
  readonly text: string;
  readonly result: LineResult;
  readonly event: ApiEvent;
}

function optionsFor(file: string): FormatOptions {
  return { zoneMinutes: -120, newest: statSync(file).mtimeMs };
}

function detected(file: string): FormatChoice | undefined {
  const lines = readFileSync(file, "utf8").split("\n");
  const detection = detectFormat(lines.slice(0, 200), optionsFor(file));
  return detection.found ? detection.choice : undefined;
}

/** Every line that is not blank, parsed with the format that was found. */
function parsed(file: string): readonly Line[] {
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

describe.skipIf(!present)("logs that others collected", () => {
  it("reads every line of the Elastic modules' logs", () => {
    const failed = filesBelow("beats-oss-modules", (name) => name.endsWith(".log")).flatMap((file) =>
      parsed(file)
        .filter(({ result }) => result === "failed")
        .map(({ text }) => `${relative(ROOT, file)}: ${text}`),
    );
    expect(failed).toEqual([]);
  });

  it("fills their fields as expected", () => {
    let checks = 0;
    const wrong: string[] = [];
    for (const file of filesBelow("beats-oss-modules", (name) => name.endsWith(".log"))) {
      const expectations = JSON.parse(readFileSync(`${file}-expected.json`, "utf8")) as readonly Expected[];
      const lines = new Map(parsed(file).map((line) => [line.offset, line]));
      for (const expected of expectations) {
        const line = lines.get(Number(expected["log.offset"]));
        for (const [field, check] of Object.entries(CHECKS)) {
          if (expected[field] === undefined) continue;
          checks++;
          if (line !== undefined && check(line.event, expected[field], file.includes("/iis/"))) continue;
          wrong.push(`${relative(ROOT, file)} ${field}: ${JSON.stringify(expected[field])} in ${line?.text}`);
        }
      }
    }
    console.log(`${checks - wrong.length} of ${checks} fields as expected\n${wrong.join("\n")}`);
    expect(wrong.length / checks).toBeLessThan(0.02);
  });

  it("finds no requests in the logs of other programs", () => {
    const others =
      /^(?:ssh|sshd|dovecot|postfix|exim|auditd|amavis|iptables|mysql|mariadb|pgsql|vsftpd|proftpd|bind9|laurel)/;
    const found = filesBelow("crowdsec-hub", (name) => name.endsWith(".log"))
      .filter((file) => others.test(relative(join(ROOT, "crowdsec-hub"), file)))
      .filter((file) => detected(file) !== undefined);
    expect(found).toEqual([]);
  });

  it("reads the web logs of CrowdSec's hub", () => {
    const web =
      /^(?:nginx(?!-mail)|apache|caddy-logs|haproxy|iis|aws-cloudfront|nginx_|zoraxy|bunkerweb|envoy|couchdb|litespeed-http|cpanel|base-upsun|ntfy|baserow|http-(?!magento)|CVE-20(?!21-4034)|cve-20(?!23-23397)|cve_|thinkphp|vmware|netgear|grafana_cve|rocketchat|zoneminder_cve|fortinet|apiscp|opensearch|pfsense-rfc5424-nginx|jellyfin-whitelist)/;
    const failed = filesBelow("crowdsec-hub", (name) => name.endsWith(".log"))
      .filter((file) => web.test(relative(join(ROOT, "crowdsec-hub"), file)))
      .flatMap((file) => {
        const lines = parsed(file);
        const bad = lines.filter(({ result }) => result === "failed").map(({ text }) => `${file}: ${text}`);
        return lines.some(({ result }) => result === "event") ? bad : [`${file}: no event at all`, ...bad];
      });
    expect(failed).toEqual([]);
  });

  it("reads at least 99.9 % of large access logs", () => {
    const files = [
      ...filesBelow("ocatak-scan-logs", (name) => name.endsWith(".txt")),
      join(ROOT, "elastic-examples/apache_logs"),
    ];
    for (const file of files) {
      const lines = parsed(file);
      const events = lines.filter(({ result }) => result === "event").length;
      expect(events / lines.length, file).toBeGreaterThan(0.999);
    }
  });
});
