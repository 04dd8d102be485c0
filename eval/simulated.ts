/** Three simulated days at 400,000 requests: is every labelled attack found, and is there silence otherwise? */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Category, Detection, Incident } from "../src/event.ts";
import type { ScanResult } from "../src/report/model.ts";
import type { AttackLabel, Label } from "../src/simulate/labels.ts";
import { run } from "../src/simulate/run.ts";
import { scanFile } from "./run-scan.ts";
import { type Row, share } from "./table.ts";

const SLACK_MS = 15 * 60_000;

/** What else an attack of one category may rightly be called, as seen from a log. */
const FITTING: Readonly<Partial<Record<Category, readonly Category[]>>> = {
  brute_force: ["brute_force", "credential_stuffing", "password_spraying", "enumeration"],
  credential_stuffing: ["credential_stuffing", "brute_force", "password_spraying"],
  password_spraying: ["password_spraying", "credential_stuffing", "brute_force"],
  account_takeover: [
    "account_takeover",
    "brute_force",
    "credential_stuffing",
    "unfamiliar_device",
    "unfamiliar_location",
  ],
  session_hijack: ["session_hijack", "account_takeover", "unfamiliar_device", "unfamiliar_location"],
  probing: ["probing", "scanner", "injection"],
  scanner: ["scanner", "probing", "injection"],
  enumeration: ["enumeration", "broken_access", "scraping", "probing", "brute_force"],
  broken_access: ["broken_access", "enumeration", "scraping", "exfiltration", "probing"],
  scraping: ["scraping", "enumeration", "rate_abuse", "exfiltration"],
  exfiltration: ["exfiltration", "enumeration", "scraping", "broken_access"],
  rate_abuse: ["rate_abuse", "denial_of_service"],
  denial_of_service: ["denial_of_service", "rate_abuse"],
  injection: ["injection", "probing", "scanner"],
  business_flow: ["business_flow", "rate_abuse", "scraping"],
};

export async function evaluateSimulated(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "vedette-eval-"));
  try {
    const rows: Row[] = [];
    for (const seed of seeds()) {
      rows.push(...(await evaluateOne(folder, "nginx-combined", seed)));
      rows.push(...(await evaluateOne(folder, "vedette", seed)));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Seeds 1 and 2; VEDETTE_EVAL_SEEDS=3,4 looks at others. */
function seeds(): number[] {
  return (process.env.VEDETTE_EVAL_SEEDS ?? "1,2").split(",").map(Number);
}

async function evaluateOne(folder: string, format: string, seed: number): Promise<Row[]> {
  const out = join(folder, `${format}-${seed}.log`);
  const labelFile = join(folder, `${format}-${seed}.labels`);
  await run({ format, out, labels: labelFile, logUsers: false, seed });
  const labels = readFileSync(labelFile, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Label);
  const result = await scanFile([out]);
  const attacks = labels.filter((label): label is AttackLabel => "attack" in label);
  const found = attacks.filter((attack) => result.detections.some((detection) => fits(detection, attack)));
  const alarmed = attacks.filter((attack) =>
    result.incidents.some((incident) => isAbout(incident, attack, result)),
  );
  for (const attack of attacks) {
    if (!found.includes(attack))
      console.log(
        `  ${format} ${seed} not found: ${attack.attack}: ${attack.events} events, ${attack.story}`,
      );
    else if (!alarmed.includes(attack))
      console.log(`  ${format} ${seed} only a fact: ${attack.attack}: ${attack.story}`);
  }
  const strange = result.incidents.filter(
    (incident) => !attacks.some((attack) => isAbout(incident, attack, result)),
  );
  for (const incident of strange) {
    const benign = labels.find((label) => "benign" in label && label.sources.includes(incident.entity.value));
    const why = benign !== undefined && "benign" in benign ? ` (${benign.benign}: ${benign.story})` : "";
    console.log(
      `  ${format} ${seed} false: ${incident.severity} ${incident.title} ${incident.first_seen}${why}`,
    );
  }
  return [
    {
      area: "simulate",
      measure: `${format}, seed ${seed}: labelled attacks found`,
      value: share(found.length, attacks.length),
      goal: "all",
      met: found.length === attacks.length,
    },
    {
      area: "simulate",
      measure: `${format}, seed ${seed}: labelled attacks that are part of an incident`,
      value: share(alarmed.length, attacks.length),
      goal: "",
      met: undefined,
    },
    {
      area: "simulate",
      measure: `${format}, seed ${seed}: false incidents in 3 days`,
      value: String(strange.length),
      goal: "0",
      met: strange.length === 0,
    },
  ];
}

function overlaps(first: string, last: string, attack: AttackLabel): boolean {
  return (
    Date.parse(first) <= Date.parse(attack.end) + SLACK_MS &&
    Date.parse(last) >= Date.parse(attack.start) - SLACK_MS
  );
}

function fits(detection: Detection, attack: AttackLabel): boolean {
  const categories = FITTING[attack.category] ?? [attack.category];
  return (
    categories.includes(detection.category) &&
    overlaps(detection.first_seen, detection.last_seen, attack) &&
    names(detection, attack)
  );
}

/** An attack without sources is about a service; time and category must then do. */
function names(about: Detection | Incident, attack: AttackLabel): boolean {
  if (attack.sources.length === 0) return true;
  const actors = new Set([...attack.sources.map(asEntity), ...attack.users]);
  if (actors.has(asEntity(about.entity.value))) return true;
  return about.members?.some((member) => actors.has(asEntity(member))) === true;
}

/** IPv6 sources are named by their /64. */
function asEntity(address: string): string {
  if (!/^[0-9a-f:]+$/i.test(address) || !address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  const groups = [
    ...left,
    ...new Array<string>(tail === undefined ? 0 : 8 - left.length - right.length).fill("0"),
    ...right,
  ];
  const prefix = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  while (prefix.at(-1) === "0") prefix.pop();
  return `${prefix.join(":")}::/64`;
}

function isAbout(incident: Incident, attack: AttackLabel, result: ScanResult): boolean {
  const parts = result.detections.filter(
    ({ id, severity }) => incident.detections.includes(id) && severity !== "info",
  );
  return parts.some(
    (part) =>
      overlaps(part.first_seen, part.last_seen, attack) &&
      (fits(part, attack) || (attack.sources.length > 0 && names(part, attack))),
  );
}
