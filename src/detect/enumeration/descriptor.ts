import type { Descriptor } from "../detector.ts";

export interface WalkWindow {
  readonly windowMs: number;
  readonly name: string;
  readonly words: string;
  readonly floor: number;
}

export const WINDOWS: readonly WalkWindow[] = [
  { windowMs: 600_000, name: "ten_minutes", words: "ten minutes", floor: 40 },
  // A nightly job is never exactly a day apart: two of its runs must not fall into one window.
  { windowMs: 79_200_000, name: "day", words: "a day", floor: 250 },
];
const NAMES_FLOOR = 3;
const PERSONS_FLOOR = 60;
const ASKERS_FLOOR = 10;
const RESETS_FLOOR = 20;

export const enumerationDescriptor: Descriptor = {
  id: "enumeration",
  title: "Enumeration of identifiers",
  meaning:
    "One actor went through an endpoint's identifiers, in order or by trial, far beyond what others ask for.",
  category: "enumeration",
  severity: "low",
  owasp: ["API1:2023", "API6:2023"],
  mitre: ["T1087", "T1213"],
  cwe: ["CWE-204", "CWE-639", "CWE-340"],
  needs: ["url.path", "client.address", "http.response.status_code"],
  better: {
    "user.id": "whose access it was, across addresses",
    "api_key.fingerprint": "which key it was, across addresses",
  },
  thresholds: [
    ...WINDOWS.map((window) => ({
      name: window.name,
      floor: window.floor,
      least: 5,
      most: 1_000_000,
      unit: `different objects of one endpoint in ${window.words}, in order or with many misses`,
      learned: "three times the 99th percentile of others at the same endpoint",
      why: "People look at a few things; lists and pages are read in the order the API gives, not by counting.",
    })),
    {
      name: "persons",
      floor: PERSONS_FLOOR,
      least: 5,
      most: 1_000_000,
      unit: "different persons asked for by name or address in a day, by somebody who is not signed in",
      learned: "three times the 99th percentile of others at the same endpoint",
      why: "A form tests the name of whoever signs up; nobody signs up for sixty people.",
    },
    {
      name: "askers",
      floor: ASKERS_FLOOR,
      least: 2,
      most: 1_000_000,
      unit: "addresses that each ask for four or more persons within an hour, without being signed in",
      learned: "four times the usual number at the same endpoint",
      why: "Few mistype their own name three times; many who do so at once are one.",
    },
    {
      name: "resets",
      floor: RESETS_FLOOR,
      least: 3,
      most: 1_000_000,
      unit: "new passwords asked for in a day, by somebody who is not signed in",
      learned: "three times the 99th percentile of others, times the people behind a shared address",
      why: "Who forgot a password asks once, mistypes the address and asks again.",
    },
    {
      name: "names",
      floor: NAMES_FLOOR,
      least: 1,
      most: 10_000,
      unit: "account names asked for, in ways that products are known to give them away",
      learned: "fixed",
      why: "One such request may be an honest link.",
    },
  ],
  falsePositives: [
    "A partner's batch that reads new records by number: mark it as expected.",
    "A migration or test script of your own.",
  ],
  investigate: ["Which of the objects were answered, and whose are they?", "Does the actor own any of them?"],
  respond: [
    "Check that the endpoint tests ownership of each object (API1:2023).",
    "Block or limit the actor; use identifiers that cannot be counted.",
  ],
};
