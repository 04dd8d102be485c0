/** Incidents in words: what they are called, what happened, what to do now. */

import type { Descriptor } from "../detect/detector.ts";
import { rank } from "../detect/severity.ts";
import type { Verdict } from "../detect/verdict.ts";
import type { Category, Outcome } from "../event.ts";
import type { Networks } from "../normalize/networks.ts";

const NAMES: Readonly<Record<Category, string>> = {
  injection: "Injection attack",
  brute_force: "Brute force",
  credential_stuffing: "Credential stuffing",
  password_spraying: "Password spraying",
  account_takeover: "Account takeover",
  session_hijack: "Session hijack",
  unfamiliar_location: "Unfamiliar location",
  unfamiliar_device: "Unfamiliar device",
  probing: "Endpoint probing",
  scanner: "Scan",
  enumeration: "Enumeration",
  broken_access: "Broken access control",
  scraping: "Scraping",
  exfiltration: "Data exfiltration",
  rate_abuse: "Rate abuse",
  denial_of_service: "Flood",
  traffic_anomaly: "Unusual traffic",
  error_spike: "Errors",
  latency_degradation: "Slow answers",
  log_silence: "Silence in the log",
  log_tampering: "Tampering with the log",
  business_flow: "Business flow abuse",
  schema_drift: "Schema drift",
  shadow_endpoint: "Undocumented endpoint",
  sensitive_exposure: "Exposed data",
  threat_intel: "Known bad source",
};

const CLASS_NAMES: Readonly<Record<string, string>> = {
  sqli: "SQL injection",
  nosqli: "NoSQL injection",
  xss: "Cross-site scripting",
  cmdi: "Command injection",
  code: "Code injection",
  traversal: "Path traversal",
  lfi_rfi: "File inclusion",
  ssrf: "SSRF",
  ssti: "Template injection",
  xxe: "XXE",
  ldap: "LDAP injection",
  xpath: "XPath injection",
  log4shell: "Log4Shell",
  deserialization: "Deserialisation attack",
  crlf: "Header injection",
  open_redirect: "Open redirect abuse",
  prototype_pollution: "Prototype pollution",
  webshell: "Web shell",
};

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  unknown: "",
  attempted: "",
  probably_succeeded: ", probably succeeded",
  succeeded: ", succeeded",
};

/** Categories whose success lies in the doing, so that saying so tells nothing. */
const DOING: ReadonlySet<Category> = new Set([
  "scraping",
  "rate_abuse",
  "error_spike",
  "latency_degradation",
  "log_silence",
  "traffic_anomaly",
]);

const HEALTH: ReadonlySet<Category> = new Set([
  "error_spike",
  "latency_degradation",
  "log_silence",
  "traffic_anomaly",
]);

/** The verdict that names the incident: an attack before its consequences, then the gravest, then the largest. */
export function leadOf(verdicts: readonly Verdict[]): Verdict {
  const attacks = verdicts.filter(({ category, severity }) => !HEALTH.has(category) && severity !== "info");
  const [first, ...rest] = attacks.length > 0 ? attacks : verdicts;
  if (first === undefined) throw new Error("an incident has at least one verdict");
  return rest.reduce((lead, verdict) => (weight(verdict) > weight(lead) ? verdict : lead), first);
}

function weight(verdict: Verdict): number {
  const health = DOING.has(verdict.category) ? 0 : 0.5;
  return rank(verdict.severity) + health + Math.min(0.4, Math.log10(1 + verdict.events) / 20);
}

export function nameOf(verdict: Verdict): string {
  if (verdict.category === "injection") return CLASS_NAMES[verdict.class ?? ""] ?? NAMES.injection;
  return NAMES[verdict.category];
}

export function titleOf(verdicts: readonly Verdict[], who: string, outcome: Outcome): string {
  const lead = leadOf(verdicts);
  const others = new Set(verdicts.filter((v) => v.severity !== "info").map(nameOf));
  const classes = new Set(
    verdicts.flatMap((v) => (v.category === "injection" && v.severity !== "info" ? [v.class] : [])),
  );
  const scanned = verdicts.some((v) => v.category === "scanner" || v.category === "probing");
  let what = nameOf(lead);
  if (classes.size >= 3) what = scanned ? "Vulnerability scan" : "Injection attacks";
  const more =
    others.size > 1 && classes.size < 3
      ? ` and ${[...others].find((name) => name !== what)?.toLowerCase() ?? "more"}`
      : "";
  const success = DOING.has(lead.category) ? "" : OUTCOME_WORDS[outcome];
  if (lead.entity.type === "service.name") return `${what} on ${lead.service}`;
  if (lead.entity.type === "http.route") return `${what} on ${lead.entity.value}`;
  const target = targetWords(lead, classes.size);
  return `${what}${more}${target} by ${who}${success}`;
}

function targetWords(lead: Verdict, classes: number): string {
  if (lead.endpoint === "" || lead.endpoint.startsWith("(") || classes > 1) return "";
  const named: readonly Category[] = [
    "brute_force",
    "credential_stuffing",
    "password_spraying",
    "enumeration",
    "injection",
    "denial_of_service",
  ];
  return named.includes(lead.category) ? ` at ${lead.endpoint}` : "";
}

/** "203.0.113.7 (NL, AS64500 Example Hosting)". */
export function addressWords(address: string, networks: Networks | undefined): string {
  const network = networks?.lookUp(address.replace("::/64", "::"));
  const parts = [
    network?.country,
    network?.systemNumber === undefined
      ? undefined
      : `AS${network.systemNumber} ${network.systemName ?? ""}`.trim(),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? address : `${address} (${parts.join(", ")})`;
}

export function recommendationOf(
  verdicts: readonly Verdict[],
  who: string,
  outcome: Outcome,
  descriptors: ReadonlyMap<string, Descriptor>,
): string {
  const steps: string[] = [];
  const lead = leadOf(verdicts);
  const worked = outcome === "succeeded" || outcome === "probably_succeeded";
  if (lead.entity.type === "client.address" || lead.entity.type === "campaign") {
    if (!worked && verdicts.every((v) => v.severity === "low")) {
      steps.push("Nothing urgent: it did not work. Make sure that what was asked for is not there.");
    } else steps.push(`Block ${who} while you look.`);
  }
  for (const verdict of [lead, ...verdicts]) {
    if (verdict.severity === "info") continue;
    const respond = descriptors.get(verdict.detector)?.respond ?? [];
    for (const step of respond.slice(0, 2)) {
      const moot = step.startsWith("Block the source") || (step.startsWith("When ") && !worked);
      if (!steps.includes(step) && !moot) steps.push(step);
    }
    if (steps.length >= 4) break;
  }
  return steps.slice(0, 4).join(" ");
}
