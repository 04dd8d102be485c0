import type { Incident } from "../../src/event.ts";
import { incidentOf } from "./records-suite.ts";

/** The life of one incident: new, more events, higher severity, a success. Three of the four are worth a notice. */
export function changesOf(i: number): readonly Incident[] {
  const id = `i-${i}`;
  return [
    incidentOf(id, 0),
    incidentOf(id, 1, { events: 6 }),
    incidentOf(id, 2, { events: 7, severity: "high" }),
    incidentOf(id, 3, { events: 8, severity: "high", outcome: "succeeded" }),
  ];
}
