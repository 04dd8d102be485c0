/**
 * Accuracy on logs that others collected, with the fields they expect. The corpora are not part of the project:
 * put them beside the repository in `shared/corpora`, or say where with VEDETTE_CORPORA.
 */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { CORPORA } from "../../eval/corpora.ts";
import { detected, filesBelow, parsed, readModules } from "../../eval/parsing.ts";

const present = existsSync(join(CORPORA, "beats-oss-modules"));
if (!present) console.log(`Skipped: no corpora at ${CORPORA}; set VEDETTE_CORPORA to run these.`);

describe.skipIf(!present)("logs that others collected", () => {
  it("reads every line of the Elastic modules' logs and fills their fields as expected", () => {
    const { failed, checks, wrong } = readModules();
    expect(failed).toEqual([]);
    expect(wrong.length / checks).toBeLessThan(0.02);
  });

  it("finds no requests in the logs of other programs", () => {
    const others =
      /^(?:ssh|sshd|dovecot|postfix|exim|auditd|amavis|iptables|mysql|mariadb|pgsql|vsftpd|proftpd|bind9|laurel)/;
    const found = filesBelow("crowdsec-hub", (name) => name.endsWith(".log"))
      .filter((file) => others.test(relative(join(CORPORA, "crowdsec-hub"), file)))
      .filter((file) => detected(file) !== undefined);
    expect(found).toEqual([]);
  });

  it("reads the web logs of CrowdSec's hub", () => {
    const web =
      /^(?:nginx(?!-mail)|apache|caddy-logs|haproxy|iis|aws-cloudfront|nginx_|zoraxy|bunkerweb|envoy|couchdb|litespeed-http|cpanel|base-upsun|ntfy|baserow|http-(?!magento)|CVE-20(?!21-4034)|cve-20(?!23-23397)|cve_|thinkphp|vmware|netgear|grafana_cve|rocketchat|zoneminder_cve|fortinet|apiscp|opensearch|pfsense-rfc5424-nginx|jellyfin-whitelist)/;
    const failed = filesBelow("crowdsec-hub", (name) => name.endsWith(".log"))
      .filter((file) => web.test(relative(join(CORPORA, "crowdsec-hub"), file)))
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
      join(CORPORA, "elastic-examples/apache_logs"),
    ];
    for (const file of files) {
      const lines = parsed(file);
      const events = lines.filter(({ result }) => result === "event").length;
      expect(events / lines.length, file).toBeGreaterThan(0.999);
    }
  });
});
