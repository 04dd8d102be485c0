import type { Descriptor } from "../detector.ts";

export const WINDOWS = [
  { windowMs: 3_600_000, name: "hour", words: "an hour", floor: 300, cold: 1 },
  { windowMs: 86_400_000, name: "day", words: "a day", floor: 600, cold: 3 },
] as const;

export const scrapingDescriptor: Descriptor = {
  id: "scraping",
  title: "Scraping",
  meaning: "One actor read a great part of what the API offers, without what a browser loads along.",
  category: "scraping",
  severity: "low",
  owasp: ["API6:2023", "API4:2023"],
  mitre: ["T1213", "T1119"],
  cwe: ["CWE-799"],
  needs: ["url.path", "client.address", "http.response.status_code"],
  better: { "user_agent.original": "crawlers that say who they are" },
  thresholds: [
    ...WINDOWS.map((window) => ({
      name: window.name,
      floor: window.floor,
      least: 10,
      most: 10_000_000,
      unit: `different objects in ${window.words}`,
      learned:
        window.cold === 1
          ? "four times the 99th percentile of others"
          : `four times the 99th percentile of others; ${window.cold} times the floor while too few are known, unless it reads in 18 hours of the day`,
      why: "Heavy readers exist; programs read ten times more.",
    })),
    {
      name: "hands",
      floor: 100,
      least: 20,
      most: 1_000_000,
      unit: "objects of one endpoint in counting order by eight or more addresses that take turns, four or more each; with fewer each, three times as many without gaps",
      learned: "fixed",
      why: "Where many people look at many things, nobody goes on where a stranger left off.",
    },
  ],
  falsePositives: ["Search engines and price comparison services you want.", "A partner's synchronisation."],
  investigate: ["Is it a crawler that its network's owner confirms?", "What does the data serve for?"],
  respond: ["Limit the rate of anonymous readers.", "Offer partners a feed; block the rest."],
};
