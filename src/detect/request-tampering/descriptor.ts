import type { Descriptor } from "../detector.ts";

export const requestTamperingDescriptor: Descriptor = {
  id: "request_tampering",
  title: "Method and version tampering",
  meaning:
    "Somebody who is signed in tries other methods, versions and paths than the API offers, beside ordinary use of it.",
  category: "probing",
  severity: "low",
  owasp: ["API9:2023", "API8:2023"],
  mitre: ["T1595.003"],
  cwe: ["CWE-650", "CWE-425"],
  needs: ["url.path", "http.request.method", "http.response.status_code", "user.id"],
  better: { "api_key.fingerprint": "programs that have no user" },
  thresholds: [
    {
      name: "routes",
      floor: 10,
      least: 3,
      most: 100_000,
      unit: "different routes within an hour that do not exist or do not take that method, tried by nobody else",
      learned: "three times the 99th percentile of others",
      why: "An application asks for what its API has; an old release of it asks for the same missing things on every device.",
    },
  ],
  falsePositives: [
    "A developer who tries the API out in production.",
    "A program written for another version of the API.",
  ],
  investigate: [
    "Which of the tried routes answered? Is it a version that should be gone?",
    "Is it one of your own developers or testers?",
  ],
  respond: [
    "Switch old versions and debug routes off; answer 405 without saying more.",
    "End the session if nobody of yours explains it.",
  ],
};
