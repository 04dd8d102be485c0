/** Real logs: scans by known tools, and ten thousand lines of an ordinary site. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CORPORA } from "./corpora.ts";
import { scanFile } from "./run-scan.ts";
import type { Row } from "./table.ts";

const SCANS = [
  { file: "acunetix.txt", source: "192.168.4.25" },
  { file: "netsparker.txt", source: "192.168.4.164" },
  { file: "w3af.txt", source: "192.168.4.163" },
] as const;

export async function evaluateRealLogs(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { file, source } of SCANS) {
    const path = join(CORPORA, "ocatak-scan-logs", file);
    if (!existsSync(path)) continue;
    const { incidents } = await scanFile([path]);
    const named = incidents.filter(
      ({ entity, members }) => entity.value === source || members?.includes(source),
    );
    const [only] = named;
    const fits =
      only?.categories.some((category) => category === "scanner" || category === "probing") === true;
    rows.push({
      area: "scan logs",
      measure: `${file}: the scan is one incident that names ${source}`,
      value: only === undefined ? "none" : `${named.length}: ${only.title}`.slice(0, 70),
      goal: "1",
      met: named.length === 1 && fits,
    });
  }
  const path = join(CORPORA, "elastic-examples/apache_logs");
  if (!existsSync(path)) return rows;
  const { incidents } = await scanFile([path]);
  for (const { title, summary } of incidents) console.log(`  apache_logs: ${title}\n    ${summary}`);
  rows.push({
    area: "real site",
    measure: "incidents in 10,000 lines of apache_logs",
    value: String(incidents.length),
    goal: "at most 5",
    met: incidents.length <= 5,
  });
  return rows;
}
