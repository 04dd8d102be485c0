import type { Descriptor } from "../detector.ts";

export const REQUESTS_FLOOR = 500;

export const trafficAnomalyDescriptor: Descriptor = {
  id: "traffic_anomaly",
  title: "Unusual traffic",
  meaning: "A service gets many times the requests it usually gets at this hour.",
  category: "traffic_anomaly",
  severity: "info",
  owasp: [],
  mitre: [],
  cwe: [],
  needs: ["timestamp"],
  better: {},
  thresholds: [
    {
      name: "requests",
      floor: REQUESTS_FLOOR,
      unit: "requests in five minutes",
      learned: "three times the usual of this hour, and eight spreads above it",
      why: "Campaigns and holidays are no attacks: this stays a fact.",
    },
  ],
  falsePositives: ["A campaign, a holiday, a release."],
  investigate: ["Who came, and for what?"],
  respond: ["None by itself; it is context for other verdicts."],
};
