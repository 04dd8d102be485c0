/** Which incidents a reader asked to see, and in which order. */
import type { Category, Severity } from "../../../event.ts";
import type { PageIncident } from "../page.ts";
import { categoryWords, classWords, outcomeWords } from "./words.ts";

export const ORDERS = ["gravest", "latest", "earliest", "longest", "most events"] as const;
type Order = (typeof ORDERS)[number];

export interface Choice {
  /** None means all. */
  readonly severities: ReadonlySet<Severity>;
  readonly category: Category | "";
  /** Words that all have to be in the incident, case aside. */
  readonly text: string;
  readonly order: Order;
}

export const EVERYTHING: Choice = { severities: new Set(), category: "", text: "", order: "gravest" };

/** @param incidents gravest first */
export function choose(
  incidents: readonly PageIncident[],
  choice: Choice,
  textOf: (incident: PageIncident) => string,
): PageIncident[] {
  const words = choice.text.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = incidents.filter(
    (incident) =>
      (choice.severities.size === 0 || choice.severities.has(incident.severity)) &&
      (choice.category === "" || incident.categories.includes(choice.category)) &&
      words.every((word) => textOf(incident).includes(word)),
  );
  const key = KEYS[choice.order];
  return key === undefined ? chosen : chosen.sort((a, b) => key(b) - key(a));
}

const KEYS: Readonly<Partial<Record<Order, (incident: PageIncident) => number>>> = {
  latest: ({ to }) => to ?? Number.MIN_SAFE_INTEGER,
  earliest: ({ from }) => -(from ?? Number.MAX_SAFE_INTEGER),
  longest: ({ from, to }) => (from === null || to === null ? -1 : to - from),
  "most events": ({ events }) => events,
};

/** Everything a reader may search an incident by, in lower case. */
export function searchText(incident: PageIncident): string {
  const parts = [
    incident.id,
    incident.title,
    incident.severity,
    outcomeWords(incident.outcome),
    incident.who.value,
    incident.summary,
    incident.recommendation,
    ...incident.members,
    ...incident.stages,
    ...incident.categories.map(categoryWords),
  ];
  for (const detection of incident.detections) {
    parts.push(detection.endpoint, detection.service, detection.explanation);
    if (detection.class !== null) parts.push(classWords(detection.class), detection.class);
    for (const sample of detection.samples) {
      parts.push(sample.place, sample.request);
      for (const finding of sample.findings) parts.push(finding.location, finding.decoded);
    }
  }
  return parts.join("\n").toLowerCase();
}
