/** A notice that says of itself that it is a test: on the way of every other notice, about an incident that is none. */
import { randomUUID } from "node:crypto";
import type { NoticeMessage } from "./notice.ts";

/** @param at milliseconds since the epoch */
export function testNotice(route: string, at: number): NoticeMessage {
  const time = new Date(at).toISOString();
  const id = `test-${randomUUID()}`;
  return {
    id,
    version: 1,
    route,
    reason: "test",
    created_at: time,
    incident: {
      id,
      version: 1,
      state: "resolved",
      title: `Test of the alert route ${route}`,
      severity: "info",
      risk: 0,
      outcome: "unknown",
      entity: { type: "service.name", value: "vedette" },
      services: [],
      categories: [],
      stages: [],
      first_seen: time,
      last_seen: time,
      detected_at: time,
      events: 0,
      summary: "Somebody asked for this test. Nothing has happened, and there is no such incident.",
      recommendation: "Nothing is to be done: alerts of this route arrive here.",
    },
    detections: [],
    detections_total: 0,
  };
}
