/** What people make of an incident. */
export const INCIDENT_STATES = ["open", "acknowledged", "resolved", "false_positive"] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

export function stateOf(text: string): IncidentState {
  return INCIDENT_STATES.find((state) => state === text) ?? "open";
}
