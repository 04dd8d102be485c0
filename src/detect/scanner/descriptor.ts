import type { Descriptor } from "../detector.ts";

/** One request may be a curious colleague's test. */
const TOOL_REQUESTS = 2;

export const scannerDescriptor: Descriptor = {
  id: "scanner",
  title: "Scanning tool",
  meaning: "Requests carried the marks of an attack or survey tool, in the user agent or in the payload.",
  category: "scanner",
  severity: "low",
  owasp: ["API8:2023"],
  mitre: ["T1595.002"],
  cwe: [],
  needs: ["client.address"],
  better: { "user_agent.original": "tools that name themselves" },
  thresholds: [
    {
      name: "marked_requests",
      floor: TOOL_REQUESTS,
      least: 1,
      most: 10_000,
      unit: "requests marked by an attack tool",
      learned: "fixed",
      why: "Ordinary clients never carry such marks.",
    },
  ],
  falsePositives: ["Scans you ordered: list the scanner's address as expected."],
  investigate: ["Ask whether a test was announced.", "See what else the source sent without marks."],
  respond: ["Block the source.", "Fix what it found: it lists your weak spots for free."],
};
