/** Attack payloads from one source: one verdict for each class of injection it tries. */
import { ATTACK_SCORE, FINDING_CLASSES, type FindingClass, type Severity } from "../../event.ts";
import { FINDING_KINDS } from "../../fact.ts";
import { culprit } from "../culprit.ts";
import type { DetectContext, Detector, Moment } from "../detector.ts";
import { exposureOutcome, payloadOutcome, strongerOutcome } from "../outcome.ts";
import { atLeast } from "../severity.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import { stateOf } from "../state/per-source.ts";
import { type Verdict, withdraw } from "../verdict.ts";
import { injectionDescriptor } from "./descriptor.ts";
import { createUsualContent, isOrdinary, isUsual, learnUse, rememberEarly, takeEarly } from "./usual.ts";

const PAYLOAD = FINDING_KINDS.indexOf("payload");
const WEBSHELL = FINDING_KINDS.indexOf("webshell");

/** Evidence older than this is forgotten. */
const MEMORY_MS = 3_600_000;
/** From this many payloads on, somebody means it. */
const CAMPAIGN = 10;
/** Nobody writes by chance what scores so much; below it, where people send the like, it weighs half. */
const CLEAR = 0.8;
const IN_ITS_FIELD = 0.5;

/** Classes whose success hands over the server, not only data. */
const GRAVE: ReadonlySet<FindingClass> = new Set([
  "cmdi",
  "code",
  "log4shell",
  "deserialization",
  "ssti",
  "webshell",
  "xxe",
]);
/** Classes that read a file: their answer is judged as an exposure, not against the endpoint's usual answers. */
const READS_FILES: ReadonlySet<FindingClass> = new Set(["traversal", "lfi_rfi", "webshell"]);

interface Track {
  doubt: number;
  /** Payloads that have been weighed: sending one again, as a search box does at every key, proves nothing more. */
  weighed: Distinct;
  since: number;
  firstTime: number;
  payloads: number;
  endpoints: Distinct;
  verdict: Verdict | undefined;
}

interface State {
  readonly tracks: Map<number, Track>;
  payloads: number;
}

export const injection: Detector = {
  descriptor: injectionDescriptor,
  stateVersion: 2,
  start(context, slot) {
    const { floors } = context;
    const content = context.state(createUsualContent);
    return {
      event(moment) {
        const { fact } = moment;
        if (fact.findingScore === 0) return;
        if (fact.findingKind !== PAYLOAD && fact.findingKind !== WEBSHELL) return;
        const source = culprit(moment);
        if (source === undefined) return;
        const state = stateOf<State>(source, slot, () => ({ tracks: new Map(), payloads: 0 }));
        const track = trackOf(state.tracks, fact.findingClass, moment);
        if (fact.findingScore >= ATTACK_SCORE) {
          track.payloads++;
          state.payloads++;
          addDistinct(track.endpoints, fact.routeKey);
        }
        const ordinary = isOrdinary(source, state.payloads);
        if (ordinary) learnUse(content, moment, source);
        const usual = isUsual(content, moment);
        if (addDistinct(track.weighed, fact.findingKey)) {
          const weight = fact.findingScore * (usual && fact.findingScore < CLEAR ? IN_ITS_FIELD : 1);
          track.doubt *= 1 - Math.min(0.98, weight);
        }
        const kind = FINDING_CLASSES[fact.findingClass] ?? "other";
        if (track.verdict === undefined || track.verdict.closed) {
          // Findings pile up as independent evidence: 1 - (1 - a)(1 - b)…
          const certainty = 1 - track.doubt;
          if (certainty < floors.certainty || track.payloads === 0) return;
          const expected = ordinary && usual;
          track.verdict = context.open({
            class: kind,
            severity: expected ? "info" : "low",
            confidence: certainty,
            outcome: "attempted",
            entity: { type: source.type, value: source.name },
            observed: certainty,
            threshold: floors.certainty,
            line: "certainty",
            unit: "certainty",
            firstSeen: track.firstTime,
            events: track.payloads - 1,
            notes: { usual: expected ? 1 : 0 },
          });
          if (expected) takeBack(context, takeEarly(content, moment));
          else rememberEarly(content, moment, track.verdict);
        }
        const { verdict } = track;
        context.add(verdict);
        const outcome = READS_FILES.has(kind)
          ? exposureOutcome(fact, moment.endpoint)
          : payloadOutcome(fact, moment.endpoint);
        verdict.observed = 1 - track.doubt;
        verdict.confidence = Math.min(0.99, 1 - track.doubt);
        verdict.notes.payloads = track.payloads;
        verdict.notes.endpoints = countDistinct(track.endpoints);
        if (outcome === "probably_succeeded") {
          verdict.notes.worked = Number(verdict.notes.worked ?? 0) + 1;
          verdict.notes.workedStatus = fact.status;
          verdict.notes.workedBytes = Number.isNaN(fact.bytesOut) ? -1 : fact.bytesOut;
          verdict.notes.workedMs = Number.isNaN(fact.durationMs) ? -1 : fact.durationMs;
        }
        const harmless = verdict.severity === "info" && outcome !== "probably_succeeded";
        if (harmless && ordinary && usual) return;
        const severity = severityOf(
          kind,
          track.payloads,
          strongerOutcome(verdict.outcome, outcome) === "probably_succeeded",
        );
        if (outcome !== "unknown" && strongerOutcome(verdict.outcome, outcome) !== verdict.outcome) {
          verdict.outcome = outcome;
          verdict.severity = atLeast(verdict.severity, severity);
          context.changed(verdict);
        } else if (atLeast(verdict.severity, severity) !== verdict.severity) {
          verdict.severity = severity;
          context.changed(verdict);
        }
      },
      explain,
    };
  },
};

/** Verdicts on people whose content turned out to be usual; what grew since is left alone. */
function takeBack(context: DetectContext, early: readonly Verdict[]): void {
  for (const verdict of early) {
    if (verdict.severity !== "low" || Number(verdict.notes.payloads) > 1) continue;
    withdraw(verdict);
    context.changed(verdict);
  }
}

function trackOf(tracks: Map<number, Track>, findingClass: number, moment: Moment): Track {
  let track = tracks.get(findingClass);
  if (track === undefined || (moment.now - track.since > MEMORY_MS && track.verdict?.closed !== false)) {
    track = {
      doubt: 1,
      weighed: createDistinct(64),
      since: moment.now,
      firstTime: moment.fact.time,
      payloads: 0,
      endpoints: createDistinct(64),
      verdict: undefined,
    };
    tracks.set(findingClass, track);
  }
  track.since = moment.now;
  return track;
}

function severityOf(kind: FindingClass, payloads: number, worked: boolean): Severity {
  const grave = GRAVE.has(kind);
  if (worked) return grave ? "critical" : "high";
  if (payloads >= CAMPAIGN) return grave ? "high" : "medium";
  return grave && payloads >= 3 ? "medium" : "low";
}

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  const payloads = Number(notes.payloads ?? verdict.events);
  const many = payloads === 1 ? "One request" : `${payloads} requests`;
  const parts = [
    `${many} carried ${NAMES[verdict.class ?? "other"]} to ${notes.endpoints ?? 1} endpoint${notes.endpoints === 1 ? "" : "s"}.`,
    `Taken together that is ${percent(verdict.observed)} certain to be an attack (a verdict needs ${percent(verdict.threshold)}); one doubtful value alone would not have fired.`,
  ];
  if (notes.usual === 1) {
    parts.push(
      "People who do nothing else of the kind send the like in this very field: a fact, not an alarm.",
    );
  }
  if (notes.worked !== undefined) {
    const size = Number(notes.workedBytes) >= 0 ? ` with ${notes.workedBytes} bytes` : "";
    const took = Number(notes.workedMs) >= SLOW_ENOUGH_TO_SAY ? ` after ${notes.workedMs} ms` : "";
    parts.push(
      `${notes.worked} of them got an answer unlike the usual one: ${notes.workedStatus}${size}${took}.`,
    );
  } else parts.push("None got an answer that differs from the usual ones.");
  return parts.join(" ");
}

const SLOW_ENOUGH_TO_SAY = 3000;

/** Never quite a hundred: nothing is. */
function percent(share: number): string {
  return `${Math.min(99, Math.floor(share * 100))} %`;
}

const NAMES: Readonly<Record<FindingClass, string>> = {
  sqli: "SQL injection",
  nosqli: "NoSQL injection",
  xss: "cross-site scripting",
  cmdi: "operating-system commands",
  code: "program code to be run",
  traversal: "path traversal",
  lfi_rfi: "file inclusion",
  ssrf: "server-side request forgery",
  ssti: "template injection",
  xxe: "XML external entities",
  ldap: "LDAP injection",
  xpath: "XPath injection",
  log4shell: "Log4Shell lookups",
  deserialization: "serialised objects",
  crlf: "header injection",
  open_redirect: "open redirects",
  prototype_pollution: "prototype pollution",
  webshell: "web shell calls",
  other: "attack payloads",
};
