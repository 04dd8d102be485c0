import type { Descriptor } from "../detector.ts";

const ERRORS_FLOOR = 20;
const SHARE_FLOOR = 0.05;

export const errorSpikeDescriptor: Descriptor = {
  id: "error_spike",
  title: "Error spike",
  meaning: "An endpoint or a whole service fails far more often than usual.",
  category: "error_spike",
  severity: "medium",
  owasp: [],
  mitre: ["T1499"],
  cwe: ["CWE-703"],
  needs: ["http.response.status_code"],
  better: {},
  thresholds: [
    {
      name: "errors",
      floor: ERRORS_FLOOR,
      least: 3,
      most: 10_000_000,
      unit: "5xx in five minutes",
      learned: "six spreads above the endpoint's usual share",
      why: "A deployment restarts within a minute or two.",
    },
    {
      name: "share",
      floor: SHARE_FLOOR,
      least: 0.001,
      most: 1,
      unit: "of a minute's requests, in three of five minutes",
      learned: "three times the endpoint's usual share",
      why: "Some requests always fail.",
    },
  ],
  falsePositives: ["Maintenance that was announced."],
  investigate: ["What changed just before: a release, a dependency, an attack?", "One endpoint or all?"],
  respond: ["Roll back or repair.", "When an attack coincides, stop it first."],
};
