import type { Descriptor } from "../detector.ts";

export const injectionDescriptor: Descriptor = {
  id: "injection",
  title: "Injection attack",
  meaning:
    "Requests carried values that a database, shell, browser, template engine or parser would run instead of reading.",
  category: "injection",
  severity: "medium",
  owasp: ["API8:2023", "API10:2023"],
  mitre: ["T1190", "T1059"],
  cwe: ["CWE-74", "CWE-89", "CWE-79", "CWE-78", "CWE-22", "CWE-94"],
  needs: ["url.path", "client.address"],
  better: {
    "http.request.body": "payloads in bodies, where most API attacks travel",
    "http.request.headers": "payloads in headers and cookies",
    "http.response.body.size": "whether the answer was unlike the usual one",
    duration_ms: "time-based payloads that worked",
  },
  thresholds: [
    {
      name: "certainty",
      floor: 0.8,
      least: 0.5,
      most: 0.99,
      unit: "certainty",
      learned: "fixed",
      why: "One clear payload is enough, one doubtful value is not: findings add up as independent evidence.",
    },
  ],
  falsePositives: [
    "Security testers and scanners you hired.",
    "Applications whose users send code or queries as content: add an exception for that field.",
  ],
  investigate: [
    "Read the decoded payloads in the samples: what did they try to reach?",
    "Compare the sizes and durations of their answers with the endpoint's usual ones.",
    "Look for what the same source did before and after.",
  ],
  respond: [
    "Block the source, and check the named endpoint's handling of the named parameter.",
    "When an answer was unlike the usual one, treat the data behind the endpoint as read until shown otherwise.",
  ],
};
