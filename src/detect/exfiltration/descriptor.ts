import type { Descriptor } from "../detector.ts";

export const WINDOWS = [
  { windowMs: 3_600_000, name: "hour", words: "an hour", floorMegabytes: 100 },
  { windowMs: 86_400_000, name: "day", words: "a day", floorMegabytes: 400 },
] as const;
export const DAY = 1;

/** Of a person's ledger, and how much more of it a longer one allows. */
export const SPELLS = [
  { windowMs: 86_400_000, words: "a day", allowance: 1 },
  { windowMs: 604_800_000, words: "a week", allowance: 2.5 },
] as const;

const RECORDS_FLOOR = 100;
const LEDGER_FLOOR = 20;

export const exfiltrationDescriptor: Descriptor = {
  id: "exfiltration",
  title: "Data exfiltration",
  meaning:
    "One actor took far more bytes, or far more of other people's records, out of the API than others do.",
  category: "exfiltration",
  severity: "medium",
  owasp: ["API3:2023", "API4:2023"],
  mitre: ["T1567", "T1030"],
  cwe: ["CWE-200"],
  needs: ["client.address", "http.response.body.size"],
  better: { "user.id": "whose access was used", "api_key.fingerprint": "which key was used" },
  thresholds: [
    ...WINDOWS.map((window) => ({
      name: window.name,
      floor: window.floorMegabytes,
      least: 1,
      most: 100_000_000,
      unit: `megabytes in ${window.words}`,
      learned: "five times the 99th percentile of others",
      why: "Exports are large by nature; the line follows what is usual for this API.",
    })),
    {
      name: "ledger",
      floor: LEDGER_FLOOR,
      least: 1,
      most: 100_000_000,
      unit: "megabytes in a day by one person at endpoints that many use, or 2.5 times that in a week",
      learned:
        "25 times the 99th percentile of others, and ten times its own most, each three times with a new device in a new network; silent while too few others are known",
      why: "A drip of pages all day stays small for an API of large answers, and is far too much for one of small ones.",
    },
    {
      name: "records",
      floor: RECORDS_FLOOR,
      least: 5,
      most: 10_000_000,
      unit: "different private records of one endpoint in a day",
      learned: "eight times the 99th percentile of others at the same endpoint",
      why: "A slow drip stays under every rate; nobody has a hundred orders to look at in a day.",
    },
  ],
  falsePositives: ["Backups, migrations and partners' nightly exports: mark them as expected."],
  investigate: [
    "Which endpoints gave the bytes, and what is in them?",
    "Is the time of day usual for this actor?",
  ],
  respond: ["Suspend the key or session until its owner explains.", "Limit page sizes and exports."],
};
