import type { Descriptor } from "../detector.ts";

export const REQUESTS_FLOOR = 10;
const SLOWER_FLOOR = 3;

export const latencyDegradationDescriptor: Descriptor = {
  id: "latency_degradation",
  title: "Slow answers",
  meaning: "An endpoint answers many times more slowly than usual.",
  category: "latency_degradation",
  severity: "medium",
  owasp: ["API4:2023"],
  mitre: ["T1499"],
  cwe: ["CWE-400"],
  needs: ["duration_ms"],
  better: {},
  thresholds: [
    {
      name: "factor",
      floor: SLOWER_FLOOR,
      least: 1.2,
      most: 1000,
      unit: "times the usual typical answer, in four of five spells of ten answers or more",
      learned: "six spreads above the endpoint's own",
      why: "Some endpoints vary by nature.",
    },
  ],
  falsePositives: [
    "A report that runs once a month.",
    "A release that makes every endpoint slower for good: after an hour it is low, and the new usual.",
  ],
  investigate: ["Is the database, a dependency or the load to blame?", "Who asks for the expensive things?"],
  respond: ["Relieve or repair what is slow.", "Limit expensive calls."],
};
