import type { Descriptor } from "../detector.ts";

/** Twenty requests a second. */
const FLOOD_FLOOR = 1200;
/** While the usual rate is not yet known. */
const COLD_FLOOR = 6000;

export const denialOfServiceDescriptor: Descriptor = {
  id: "denial_of_service",
  title: "Flood from many sources",
  meaning:
    "The service got many times its usual requests from many new sources, aimed at one place or hurting it.",
  category: "denial_of_service",
  severity: "high",
  owasp: ["API4:2023"],
  mitre: ["T1498.001", "T1499.002"],
  cwe: ["CWE-770"],
  needs: ["client.address"],
  better: {
    "http.response.status_code": "whether it hurt",
    duration_ms: "whether answers slowed down",
  },
  thresholds: [
    {
      name: "rate",
      floor: FLOOD_FLOOR,
      least: 10,
      most: 100_000_000,
      unit: "requests a minute of one service",
      learned: "three times the usual rate of this hour, and ten spreads above it",
      why: "Small services double by chance.",
    },
    {
      name: "cold",
      floor: COLD_FLOOR,
      least: 10,
      most: 100_000_000,
      unit: "requests a minute while less than half an hour of the service is known",
      learned: "the same, from what is known so far",
      why: "The first minutes of a log may be its busiest.",
    },
  ],
  falsePositives: [
    "A campaign or a mention on television: its visitors spread over pages and load pictures.",
  ],
  investigate: ["Which endpoint, which networks, which user agents?", "Since when did answers fail?"],
  respond: ["Put a challenge or a cache before the endpoint.", "Block the networks that send nothing else."],
};
