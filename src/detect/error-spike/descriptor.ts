import type { Descriptor } from "../detector.ts";

export const ERRORS_FLOOR = 20;
export const SHARE_FLOOR = 0.05;

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
      unit: "5xx in five minutes, 5 % or more in three of them",
      learned: "six spreads above the endpoint's usual share",
      why: "A deployment restarts within a minute or two.",
    },
  ],
  falsePositives: ["Maintenance that was announced."],
  investigate: ["What changed just before: a release, a dependency, an attack?", "One endpoint or all?"],
  respond: ["Roll back or repair.", "When an attack coincides, stop it first."],
};
