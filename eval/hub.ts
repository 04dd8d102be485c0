/**
 * CrowdSec's own scenario tests: for web logs, is every expected alert's source found with a fitting category, and
 * is there silence where the test expects silence?
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Category } from "../src/event.ts";
import type { ScanResult } from "../src/report/model.ts";
import { CORPORA } from "./corpora.ts";
import { scanFile } from "./run-scan.ts";
import { type Row, share } from "./table.ts";

interface HubTest {
  readonly test: string;
  readonly log_type: string;
  readonly log_file: string;
  readonly expected_overflows: number | null;
  readonly fired: readonly string[];
  readonly sources: readonly string[];
}

const WEB_TYPES: ReadonlySet<string> = new Set([
  "nginx",
  "apache2",
  "caddy",
  "haproxy",
  "iis",
  "aws-cloudfront",
  "nginx-proxy-manager",
  "zoraxy",
  "bunkerweb",
  "containerd",
  "couchdb",
  "litespeed",
  "upsun-httplog",
  "ntfy",
  "baserow",
]);
/** Web logs under another type, and the one nginx log that is about mail. */
const WEB_TESTS: ReadonlySet<string> = new Set(["opensearch-dashboard-bf", "pfsense-rfc5424-nginx"]);
const NOT_WEB: ReadonlySet<string> = new Set(["nginx-mail-bf", "caddy-coraza", "litespeed-admin-bf"]);

/** What a scenario looks for, in our categories; scanning and probing and injection overlap in its names. */
function fitting(scenario: string): readonly Category[] {
  if (/bf|bruteforce|auth/.test(scenario))
    return ["brute_force", "credential_stuffing", "password_spraying", "account_takeover"];
  if (/dos/.test(scenario)) return ["denial_of_service", "rate_abuse", "probing"];
  if (/enum/.test(scenario)) return ["enumeration", "probing"];
  if (/crawl/.test(scenario)) return ["scraping", "probing", "enumeration"];
  return ["injection", "probing", "scanner", "enumeration", "brute_force"];
}

export async function evaluateHub(): Promise<Row[]> {
  const folder = join(CORPORA, "crowdsec-hub");
  if (!existsSync(folder)) return [];
  const tests = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as HubTest[];
  const web = tests.filter(
    ({ test, log_type }) => (WEB_TYPES.has(log_type) || WEB_TESTS.has(test)) && !NOT_WEB.has(test),
  );
  const positives = web.filter(({ fired, sources }) => fired.length > 0 && sources.length > 0);
  const silent = web.filter(({ fired }) => fired.length === 0);
  let found = 0;
  let alerted = 0;
  let expected = 0;
  let quiet = 0;
  const misses: string[] = [];
  const noise: string[] = [];
  for (const test of positives) {
    const result = await scanned(folder, test);
    const categories = test.fired.flatMap(fitting);
    for (const source of test.sources) {
      expected++;
      const fits = result?.detections.filter(
        ({ entity, members, category }) =>
          (entity.value === source || members?.includes(source)) && categories.includes(category),
      );
      if (fits !== undefined && fits.length > 0) found++;
      else misses.push(`${test.test}: ${source} (${test.fired.join(", ")})`);
      if (fits?.some(({ severity }) => severity !== "info")) alerted++;
    }
  }
  for (const test of silent) {
    const result = await scanned(folder, test);
    if (result === undefined || result.incidents.length === 0) quiet++;
    else noise.push(`${test.test}: ${result.incidents.map(({ title }) => title).join("; ")}`);
  }
  for (const miss of misses) console.log(`  not found: ${miss}`);
  for (const each of noise) console.log(`  incident where the test expects none: ${each}`);
  return [
    {
      area: "crowdsec-hub",
      measure: `sources of ${positives.length} web tests found with a fitting category`,
      value: share(found, expected),
      goal: "90 %",
      met: found >= expected * 0.9,
    },
    {
      area: "crowdsec-hub",
      measure: "the same, of severity low or above",
      value: share(alerted, expected),
      goal: "",
      met: undefined,
    },
    {
      area: "crowdsec-hub",
      measure: `no incident in ${silent.length} web tests that expect none`,
      value: share(quiet, silent.length),
      goal: "95 %",
      met: quiet >= silent.length * 0.95,
    },
  ];
}

async function scanned(folder: string, test: HubTest): Promise<ScanResult | undefined> {
  const name = join(folder, test.test, test.log_file);
  const path = existsSync(name) ? name : join(folder, test.test, `${test.test}.log`);
  try {
    return await scanFile([path]);
  } catch (cause) {
    console.log(`  not read: ${test.test}: ${cause instanceof Error ? cause.message : String(cause)}`);
    return undefined;
  }
}
