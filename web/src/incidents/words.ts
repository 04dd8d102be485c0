/** What one can filter incidents by, as it stands in the address. */
import type { Severity } from "../../../src/event.ts";
import type { Incident } from "../api/answers.ts";

export type State = Incident["state"];

/** What a list shows: those of a state, or all that nobody has closed. */
export const VIEWS: readonly {
  readonly value: string;
  readonly label: string;
  readonly states: readonly State[];
}[] = [
  { value: "unclosed", label: "Unclosed", states: ["open", "acknowledged"] },
  { value: "open", label: "Open", states: ["open"] },
  { value: "acknowledged", label: "Acknowledged", states: ["acknowledged"] },
  { value: "resolved", label: "Resolved", states: ["resolved"] },
  { value: "false_positive", label: "False alarms", states: ["false_positive"] },
  { value: "all", label: "All", states: ["open", "acknowledged", "resolved", "false_positive"] },
];

export const STATES: readonly State[] = ["open", "acknowledged", "resolved", "false_positive"];

export interface InboxSearch {
  readonly state?: string;
  readonly severity?: string;
  readonly assignee?: string;
  readonly find?: string;
}

export function statesOf({ state }: InboxSearch): readonly State[] {
  return (VIEWS.find(({ value }) => value === state) ?? VIEWS[0])?.states ?? [];
}

/** @param severity this grave or graver, as in the address */
export function severityOf(severity: string | undefined): Severity | undefined {
  return (["info", "low", "medium", "high", "critical"] as const).find((each) => each === severity);
}

/** Words of its title, summary or entity, all of them. */
export function matches(incident: Incident, find: string): boolean {
  const text = `${incident.title} ${incident.summary} ${incident.entity.value} ${incident.id}`.toLowerCase();
  return find
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
