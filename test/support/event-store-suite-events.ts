/** Events for tests of stores. */
import { type ApiEvent, emptyEvent } from "../../src/event.ts";

export const DAY = 86_400_000;
export const NOON = Date.UTC(2026, 2, 2, 12);

export function eventAt(time: number, fields: Partial<ApiEvent> = {}): ApiEvent {
  return {
    ...emptyEvent(),
    timestamp: time,
    "service.name": "shop",
    "http.request.method": "GET",
    "http.route": "/items/{id}",
    "url.path": "/items/7",
    "http.response.status_code": 200,
    "http.response.body.size": 100,
    duration_ms: 12.5,
    "client.address": "203.0.113.9",
    ...fields,
  };
}
