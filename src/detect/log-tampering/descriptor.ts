import type { Descriptor } from "../detector.ts";

const STEP_MINUTES = 5;
const CONFIRM_EVENTS = 50;
const FORGED_SCORE = 0.5;

export const logTamperingDescriptor: Descriptor = {
  id: "log_tampering",
  title: "Tampering with the log",
  meaning:
    "A request tried to write a log line of its own, or a stretch of time is in the log twice: the clock was set back, or lines were written anew.",
  category: "log_tampering",
  severity: "low",
  owasp: ["API8:2023"],
  mitre: ["T1070", "T1565.001"],
  cwe: ["CWE-117", "CWE-778"],
  needs: ["timestamp"],
  better: { "url.query": "line breaks that begin a forged line" },
  thresholds: [
    {
      name: "certainty",
      floor: FORGED_SCORE,
      least: 0.1,
      most: 0.99,
      unit: "certainty that a value holds a forged log line",
      learned: "fixed",
      why: "Text fields hold quoted logs; paths, queries and headers hold no lines at all.",
    },
    {
      name: "step",
      floor: STEP_MINUTES,
      least: 0.5,
      most: 10_080,
      unit: "minutes that the clock goes back",
      learned: "fixed",
      why: "Several writers of one log are seconds apart, seldom minutes.",
    },
    {
      name: "events",
      floor: CONFIRM_EVENTS,
      least: 5,
      most: 100_000,
      unit: "events in order until the clock is where it had been",
      learned: "fixed",
      why: "A few late lines are what shippers and queues make.",
    },
  ],
  falsePositives: [
    "A shipper that was cut off and sends what it kept.",
    "Local times without a zone when summer time ends: the hour is there twice.",
    "The same file read twice.",
  ],
  investigate: [
    "Compare with the clock and the journal of the machine: who set it back, and what ran then?",
    "Are the lines of the doubled stretch the same twice, or different ones?",
    "Read the forged line as it was sent: what was it to make people believe?",
  ],
  respond: [
    "Send logs to a place where their writer cannot change them.",
    "Encode line breaks in every value before it is logged.",
  ],
};
