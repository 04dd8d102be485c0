import type { Descriptor } from "../detector.ts";

export const expensiveCallsDescriptor: Descriptor = {
  id: "expensive_calls",
  title: "Expensive calls",
  meaning:
    "One actor keeps an endpoint busy with calls that take many times as long as those of others: few requests, much work.",
  category: "denial_of_service",
  severity: "low",
  owasp: ["API4:2023"],
  mitre: ["T1499.003"],
  cwe: ["CWE-400", "CWE-405"],
  needs: ["url.path", "client.address", "duration_ms"],
  better: { "user.id": "whose calls they are, across addresses" },
  thresholds: [
    {
      name: "seconds",
      floor: 60,
      least: 1,
      most: 1_000_000,
      unit: "seconds of the service's time in half an hour, in twenty calls or more that each take four times the endpoint's median and half a second at least, while the calls of others are as quick as ever",
      learned: "four times the 99th percentile of others at the same endpoint",
      why: "A heavy search now and then is what a search is for; one person's searches seldom keep a server busy for a minute.",
    },
  ],
  falsePositives: [
    "A customer with far more data than others, whose every page is slow.",
    "A client on a very slow line, where the log counts the time until the last byte was taken.",
  ],
  investigate: [
    "Which parameters make these calls slow: a wide range, a large page, a deep query, many nested objects?",
    "Were others slowed down at the time?",
  ],
  respond: [
    "Limit what one call may cost: page size, range of dates, depth and breadth of a query, time in the database.",
    "Count cost instead of requests in the limits of a key or session.",
  ],
};
