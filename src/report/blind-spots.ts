/** What a log lacks, which detections that switches off, and the configuration line that would add it. */

import type { Descriptor } from "../detect/detector.ts";
import type { EventField } from "../event.ts";
import type { BlindSpot } from "./model.ts";

/** Below this share of events a field counts as lacking. */
const PRESENT_SHARE = 0.01;

const TITLES: readonly (readonly [EventField, string, string])[] = [
  ["timestamp", "no times", "everything that happens over time"],
  ["client.address", "no client addresses", "every verdict about a source"],
  ["http.response.status_code", "no response status", "whether anything worked"],
  [
    "user.id",
    "no users",
    "what is usual for each user, account takeover, access to other people's objects, attacks on one account from many addresses",
  ],
  ["session.id", "no sessions", "a stolen session or token that is used from two places"],
  ["http.request.body", "no request bodies", "payloads in bodies, where most API attacks travel"],
  ["http.response.body.size", "no response sizes", "data exfiltration by volume, payloads that worked"],
  ["duration_ms", "no durations", "slow answers, time-based payloads that worked, floods that hurt"],
  ["user_agent.original", "no user agents", "tools that name themselves, devices"],
  ["server.address", "no host names", "one service told from another"],
];

export interface BlindSpotInput {
  /** Share of events that carry each field. */
  readonly share: (field: EventField) => number;
  /** From the formats that were met: field → configuration line. */
  readonly advice: Readonly<Partial<Record<EventField, string>>>;
  readonly descriptors: readonly Descriptor[];
}

export function blindSpots(input: BlindSpotInput): BlindSpot[] {
  const spots: BlindSpot[] = [];
  for (const [field, title, general] of TITLES) {
    if (input.share(field) >= PRESENT_SHARE) continue;
    if (field === "server.address" && input.share("service.name") >= PRESENT_SHARE) continue;
    if (field === "session.id" && input.share("api_key.fingerprint") >= PRESENT_SHARE) continue;
    const off = input.descriptors
      .filter(({ needs }) => needs.includes(field))
      .map(({ title }) => title.toLowerCase());
    const lost = [general];
    if (off.length > 0) lost.push(`switched off: ${off.join(", ")}`);
    spots.push({ field, title, lost, advice: input.advice[field] ?? "" });
  }
  return spots;
}
