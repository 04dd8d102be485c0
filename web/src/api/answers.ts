/** Names for what the API answers with. */
import type { Answer } from "./client.ts";

export type Session = Answer<"GET /session">;
export type Incident = Answer<"GET /incidents">["incidents"][number];
export type IncidentDetail = Answer<"GET /incidents/{id}">;
export type Detection = IncidentDetail["detections"][number];
export type Row = Readonly<Record<string, unknown>>;
export type Detector = Answer<"GET /detectors">["detectors"][number];
