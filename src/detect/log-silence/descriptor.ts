import type { Descriptor } from "../detector.ts";

const GAP_MINUTES = 5;
const MISSING_FLOOR = 60;

export const logSilenceDescriptor: Descriptor = {
  id: "log_silence",
  title: "Silence in the log",
  meaning: "No lines for a stretch of time that always has lines.",
  category: "log_silence",
  severity: "medium",
  owasp: ["API8:2023"],
  mitre: ["T1562.008", "T1070"],
  cwe: ["CWE-778"],
  needs: ["timestamp"],
  better: {},
  thresholds: [
    {
      name: "gap",
      floor: GAP_MINUTES,
      least: 0.5,
      most: 10_080,
      unit: "minutes",
      learned: "four times the longest gap of late",
      why: "Quiet nights have gaps; busy services do not.",
    },
    {
      name: "missing",
      floor: MISSING_FLOOR,
      least: 5,
      most: 10_000_000,
      unit: "lines due in the gap",
      learned: "fixed",
      why: "Where lines are rare, a gap is chance.",
    },
  ],
  falsePositives: ["Maintenance.", "A file that was rotated away and not given to the scan."],
  investigate: ["Did the service stop, the network, or only the logging?", "Are the lines somewhere else?"],
  respond: ["Find the missing lines; when somebody removed them, keep what is left safe first."],
};
