import type { Descriptor } from "../detector.ts";

export const brokenFunctionAccessDescriptor: Descriptor = {
  id: "broken_function_access",
  title: "Broken function level authorization (BFLA)",
  meaning:
    "One actor calls operations that only a few others are ever given, such as those made for staff: refused again and again, or given at last.",
  category: "broken_access",
  severity: "medium",
  owasp: ["API5:2023"],
  mitre: ["T1548", "T1078"],
  cwe: ["CWE-285", "CWE-862", "CWE-269"],
  needs: ["url.path", "client.address", "http.response.status_code"],
  better: {
    "user.id": "who was given each operation before, across addresses",
    "api_key.fingerprint": "which key it was, across addresses",
  },
  thresholds: [
    {
      name: "refused",
      floor: 4,
      least: 2,
      most: 10_000,
      unit: "different operations for a few, refused to one actor within a week; those that nobody was ever given count half",
      learned: "fixed",
      why: "Pages hide what their users may not do; who is refused at four such operations was not led there.",
    },
    {
      name: "given",
      floor: 2,
      least: 1,
      most: 10_000,
      unit: "different operations for a few, given for the first time to an actor who is no member of them",
      learned: "fixed",
      why: "One may be a new task or a link that somebody shared.",
    },
  ],
  falsePositives: [
    "Somebody who was given a new role on this day.",
    "A page that shows buttons to people who may not use them.",
  ],
  investigate: [
    "Which of the operations were given, and does the actor's role allow them?",
    "What did those who are given them every day do differently?",
  ],
  respond: [
    "Deny by default, and test the role on the server for every operation (API5:2023).",
    "Undo what was changed, and end the actor's sessions and keys.",
  ],
};
