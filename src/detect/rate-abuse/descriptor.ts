import type { Descriptor } from "../detector.ts";

const RATE_FLOOR = 120;
const FLOOD_FLOOR = 3000;

export const rateAbuseDescriptor: Descriptor = {
  id: "rate_abuse",
  title: "Rate abuse",
  meaning: "One source asks far more often than others; when it takes most of the service, it is a flood.",
  category: "rate_abuse",
  severity: "low",
  owasp: ["API4:2023"],
  mitre: ["T1499.002", "T1498"],
  cwe: ["CWE-770", "CWE-799"],
  needs: ["client.address"],
  better: {
    "http.response.status_code": "whether it hurt (429, 5xx)",
    "user.id": "heavy users behind a shared address",
  },
  thresholds: [
    {
      name: "rate",
      floor: RATE_FLOOR,
      least: 5,
      most: 10_000_000,
      unit: "requests a minute, in three minutes, without static files",
      learned: "four times the 99th percentile of others, times the people behind a shared address",
      why: "A page that loads sends dozens of requests at once, once; fine answers and a small share keep it a fact.",
    },
    {
      name: "flood",
      floor: FLOOD_FLOOR,
      least: 10,
      most: 10_000_000,
      unit: "requests a minute and half of the service, or 5 % of answers 429 or 5xx",
      learned: "fixed",
      why: "Fifty requests a second from one source have no honest use on most APIs.",
    },
  ],
  falsePositives: ["Load tests.", "A partner's batch: fine answers keep it at severity info."],
  investigate: ["Is it one endpoint in a loop, or a walk?", "Did answers fail or slow down for others?"],
  respond: ["Limit the rate for this source or key.", "Tell the owner of the key: it may be a bug."],
};
