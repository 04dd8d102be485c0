import type { Descriptor } from "../detector.ts";

const REQUESTS_FLOOR = 500;
/** A drop is only a drop where so many requests were due in five minutes. */
export const DUE_FLOOR = 100;
const DROP_SHARE = 0.4;

/** At about this sum the scorer is at its best on the Numenta Anomaly Benchmark: docs/series.md. */
const SURPRISE = 9;

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
      learned: "three times the usual of this time of day, and far above what the service varies by",
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
    {
      name: "surprise",
      floor: SURPRISE,
      least: 3,
      most: 23,
      unit: "tenfold unlikelihoods of height, step, season, level and roughness, the three greatest added up",
      learned: "fixed",
      why: "Each is held against the service's own two weeks; about the best line on public labelled series.",
    },
  ],
  falsePositives: ["A campaign, a holiday, a release."],
  investigate: ["Who came, and for what?"],
  respond: ["None by itself; it is context for other verdicts."],
};
