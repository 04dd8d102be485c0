import type { Descriptor } from "../detector.ts";

export const GAP_FLOOR_MS = 300_000;
export const EXPECTED_FLOOR = 60;

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
      floor: GAP_FLOOR_MS / 60_000,
      unit: "minutes",
      learned: "four times the longest gap of late; at least 60 lines must be missing",
      why: "Quiet nights have gaps; busy services do not.",
    },
  ],
  falsePositives: ["Maintenance.", "A file that was rotated away and not given to the scan."],
  investigate: ["Did the service stop, the network, or only the logging?", "Are the lines somewhere else?"],
  respond: ["Find the missing lines; when somebody removed them, keep what is left safe first."],
};
