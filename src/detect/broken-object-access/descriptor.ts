import type { Descriptor } from "../detector.ts";

/** Stretches of time, and how much more of it all a longer one allows. */
export const STRETCHES = [
  { windowMs: 3_600_000, words: "an hour", allowance: 1 },
  // A nightly job is never exactly a day apart: two of its runs must not fall into one stretch.
  { windowMs: 79_200_000, words: "a day", allowance: 1 },
  { windowMs: 604_800_000, words: "a week", allowance: 2.5 },
] as const;
export const HOUR = 0;
export const DAY = 1;

export const brokenObjectAccessDescriptor: Descriptor = {
  id: "broken_object_access",
  title: "Broken object level authorization (BOLA)",
  meaning:
    "One actor uses objects that belong to others, at an endpoint whose objects are otherwise used by their owners only.",
  category: "broken_access",
  severity: "medium",
  owasp: ["API1:2023"],
  mitre: ["T1213", "T1530"],
  cwe: ["CWE-639", "CWE-863", "CWE-284"],
  needs: ["url.path", "client.address", "http.response.status_code"],
  better: {
    "user.id": "whose each object is, across addresses",
    "api_key.fingerprint": "which key it was, across addresses",
    "http.response.body.size": "whether the answers held anything",
  },
  thresholds: [
    {
      name: "others",
      floor: 12,
      least: 2,
      most: 1_000_000,
      unit: "different objects of others given within a day, in order or among refusals",
      learned: "three times the 99th percentile of others at the same objects, or of its own past",
      why: "A shared order or a family account makes a few; nobody meets a dozen strangers' by counting.",
    },
    {
      name: "others_in_no_order",
      floor: 30,
      least: 3,
      most: 1_000_000,
      unit: "different objects of others given within a day, in no order and without refusals; as many as in order where nobody else uses any, and by who came back to a few of its own before",
      learned:
        "three times the 99th percentile of others at the same objects, of its own past, or of the team that does the same",
      why: "Identifiers found elsewhere come in no order; so do the cases of a person who helps customers.",
    },
    {
      name: "counted",
      floor: 40,
      least: 4,
      most: 1_000_000,
      unit: "different objects in counting order within a day, some of them another's, refused or missing",
      learned: "three times the 99th percentile of all objects that others ask for",
      why: "One's own things may be numbered in order too, but then none is missing and none is another's.",
    },
    {
      name: "refused",
      floor: 25,
      least: 3,
      most: 1_000_000,
      unit: "different objects refused or not found within a day",
      learned: "three times the 99th percentile of all objects that others ask for",
      why: "Old links and deleted things make a few misses, a search for what can be had makes little else.",
    },
  ],
  falsePositives: [
    "Support staff who look after customers with the customers' own endpoint: mark them as expected.",
    "A new integration that works for many customers under one key.",
  ],
  investigate: [
    "Whose are the records under `exposure`, and is the actor entitled to any of them?",
    "Does the endpoint test ownership, or only that somebody is signed in?",
  ],
  respond: [
    "Test ownership of each object on the server (API1:2023), for every method of the endpoint.",
    "End the actor's sessions and keys; tell the owners of the records under `exposure`.",
  ],
};
