/** The stage of an attack that a verdict stands for, in the order attacks go through them. */

import type { Verdict } from "../detect/verdict.ts";
import { type Category, STAGES, type Stage } from "../event.ts";

const STAGE_OF: Readonly<Partial<Record<Category, Stage>>> = {
  scanner: "reconnaissance",
  probing: "probing",
  enumeration: "probing",
  shadow_endpoint: "probing",
  injection: "exploit",
  brute_force: "exploit",
  credential_stuffing: "exploit",
  password_spraying: "exploit",
  broken_access: "access",
  account_takeover: "access",
  session_hijack: "access",
  unfamiliar_location: "access",
  unfamiliar_device: "access",
  scraping: "exfiltration",
  exfiltration: "exfiltration",
  sensitive_exposure: "exfiltration",
  rate_abuse: "impact",
  denial_of_service: "impact",
  error_spike: "impact",
  latency_degradation: "impact",
  log_silence: "impact",
  log_tampering: "impact",
  business_flow: "impact",
};

const GIVES_ACCESS: ReadonlySet<Category> = new Set([
  "injection",
  "brute_force",
  "credential_stuffing",
  "password_spraying",
]);

export function stagesOf(verdicts: readonly Verdict[]): Stage[] {
  const reached = new Set<Stage>();
  for (const verdict of verdicts) {
    const stage = STAGE_OF[verdict.category];
    if (stage !== undefined) reached.add(stage);
    const worked = verdict.outcome === "succeeded" || verdict.outcome === "probably_succeeded";
    if (worked && GIVES_ACCESS.has(verdict.category)) reached.add("access");
  }
  return STAGES.filter((stage) => reached.has(stage));
}
