import type { Descriptor } from "../detector.ts";

const SLOWER = 3;
const FAILING = 0.1;

export const thresholdForecastDescriptor: Descriptor = {
  id: "threshold_forecast",
  title: "Heading for trouble",
  meaning:
    "A service becomes slower, or fails more often, so steadily that it will cross the line within two hours.",
  category: "latency_degradation",
  severity: "info",
  owasp: ["API4:2023"],
  mitre: ["T1499"],
  cwe: ["CWE-400"],
  needs: ["timestamp"],
  better: {
    duration_ms: "answers that become slower",
    "http.response.status_code": "failures that become more",
  },
  thresholds: [
    {
      name: "factor",
      floor: SLOWER,
      least: 1.2,
      most: 1000,
      unit: "times the usual typical answer, within two hours",
      learned: "fixed; the usual is learned",
      why: "Where slow answers are told once they are there.",
    },
    {
      name: "share",
      floor: FAILING,
      least: 0.001,
      most: 0.9,
      unit: "of the requests failing with 5xx, within two hours",
      learned: "fixed",
      why: "One request in ten is what users tell each other about.",
    },
  ],
  falsePositives: ["A nightly job that grows for an hour and is over."],
  investigate: [
    "What fills up, leaks or grows: memory, connections, a table without an index, a queue?",
    "Since when, and what was released then?",
  ],
  respond: ["Make room before the line is reached."],
};
