import type { Descriptor } from "../detector.ts";

const REQUESTS_FLOOR = 500;
/** A drop is only a drop where so many requests were due in five minutes. */
export const DUE_FLOOR = 100;
const DROP_SHARE = 0.4;

export const trafficAnomalyDescriptor: Descriptor = {
  id: "traffic_anomaly",
  title: "Unusual traffic",
  meaning: "A service gets many times the requests it usually gets at this hour, or far fewer.",
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
      least: 10,
      most: 100_000_000,
      unit: "requests in five minutes",
      learned: "three times the usual of this hour, and eight spreads above it",
      why: "Campaigns and holidays are no attacks: this stays a fact.",
    },
    {
      name: "drop",
      floor: DROP_SHARE,
      least: 0.01,
      most: 0.95,
      unit: "of the last hour's requests and of this hour's usual, for fifteen minutes",
      learned: "this hour on other days",
      why: "Days end slowly; what stops within minutes was stopped by something.",
    },
  ],
  falsePositives: ["A campaign, a holiday, a release."],
  investigate: ["Who came, and for what?"],
  respond: ["None by itself; it is context for other verdicts."],
};
