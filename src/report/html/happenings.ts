/** Incidents, detections and their samples as the page shows them: inert, each text within a length. */
import type { Detection, Incident, Sample } from "../../event.ts";
import { logText } from "./log-text.ts";
import type { Happening, PageDetection, PageIncident, PageSample } from "./page.ts";
import { placeOf } from "./places.ts";

/** Members that every incident may show; those with room show up to MOST_MEMBERS. */
const FEW_MEMBERS = 5;
export const MOST_MEMBERS = 1000;
const MOST_SAMPLES = 10;
const MOST_FINDINGS = 5;

/** An incident without its words and its detections, for which there may be no room. */
export type IncidentHead = Omit<PageIncident, "summary" | "recommendation" | "detections">;
export type DetectionHead = Omit<PageDetection, "samples">;

export function incidentHead(incident: Incident): IncidentHead {
  return {
    ...happening(incident),
    title: logText(incident.title, 300),
    risk: finite(incident.risk),
    stages: incident.stages,
    categories: incident.categories,
    detectionCount: incident.detections.length,
  };
}

export function incidentWords(incident: Incident): Pick<PageIncident, "summary" | "recommendation"> {
  return {
    summary: logText(incident.summary, 2000),
    recommendation: logText(incident.recommendation, 1000),
  };
}

export function memberTexts(members: readonly string[] | undefined, most: number): string[] {
  return (members ?? []).slice(0, most).map((member) => logText(member, 100));
}

export function detectionHead(detection: Detection): DetectionHead {
  return {
    ...happening(detection),
    category: detection.category,
    class: detection.class ?? null,
    confidence: finite(detection.confidence),
    service: logText(detection.target?.service ?? "", 100),
    endpoint: logText(detection.target?.endpoint ?? "", 300),
    observed: finite(detection.observed),
    expected: detection.expected === null ? null : finite(detection.expected),
    threshold: finite(detection.threshold),
    unit: logText(detection.unit, 120),
    explanation: logText(detection.explanation, 1500),
    sampleCount: detection.samples.length,
  };
}

export function samplesOf(detection: Detection, folder: string): PageSample[] {
  return detection.samples.slice(0, MOST_SAMPLES).map((sample) => sampleOf(sample, folder));
}

function sampleOf(sample: Sample, folder: string): PageSample {
  return {
    place: logText(placeOf(sample, folder), 200),
    time: time(sample.timestamp),
    request: logText(sample.request, 500),
    status: sample.status ?? null,
    findings: (sample.findings ?? []).slice(0, MOST_FINDINGS).map((finding) => ({
      class: finding.class,
      location: logText(finding.location, 150),
      evidence: logText(finding.evidence, 300),
      decoded: logText(finding.decoded, 300),
      score: finite(finding.score),
      reason: logText(finding.reason, 300),
    })),
  };
}

function happening(of: Incident | Detection): Happening {
  return {
    id: logText(of.id, 60),
    severity: of.severity,
    outcome: of.outcome,
    who: { type: of.entity.type, value: logText(of.entity.value, 200) },
    members: memberTexts(of.members, FEW_MEMBERS),
    memberCount: of.member_count ?? of.members?.length ?? 0,
    from: time(of.first_seen),
    to: time(of.last_seen),
    detectedAt: time(of.detected_at),
    events: finite(of.events),
  };
}

function time(text: string): number | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

export function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
