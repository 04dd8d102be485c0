import type { Descriptor } from "../detector.ts";

/** CrowdSec's http-probing fires past 10 different paths with one forgiven every 10 seconds. */
const MISS_FLOOR = 10;
export const MISS_LEAK_PER_SECOND = 0.1;
const SLOW_MISS_FLOOR = 30;

export const probingDescriptor: Descriptor = {
  id: "probing",
  title: "Endpoint probing",
  meaning:
    "A source looked for secret files, admin panels, known holes or undocumented paths, most of which are not there.",
  category: "probing",
  severity: "low",
  owasp: ["API9:2023", "API8:2023"],
  mitre: ["T1595.003", "T1083"],
  cwe: ["CWE-538", "CWE-425"],
  needs: ["url.path", "client.address", "http.response.status_code"],
  better: {
    "http.response.body.size": "telling a served secret from a page that answers for everything",
    "http.request.headers": "telling a broken link (which has a referer) from a probe",
  },
  thresholds: [
    {
      name: "misses_burst",
      floor: MISS_FLOOR,
      least: 3,
      most: 10_000,
      unit: "different paths, one forgiven every 10 s",
      learned: "twice the 99th percentile of other sources",
      why: "A page with broken links asks for a few missing things once; a word list asks for many.",
    },
    {
      name: "misses_day",
      floor: SLOW_MISS_FLOOR,
      least: 5,
      most: 100_000,
      unit: "different paths in a day",
      learned: "fixed",
      why: "A slow scan stays under any rate.",
    },
    {
      name: "certainty",
      floor: 0.85,
      least: 0.5,
      most: 0.999,
      unit: "certainty",
      learned: "fixed",
      why: "One lone probe is a fact of the internet, kept at severity info; two different ones are intent.",
    },
    {
      name: "fact_certainty",
      floor: 0.6,
      least: 0.3,
      most: 0.99,
      unit: "certainty",
      learned: "fixed",
      why: "From here on it is kept as a fact, at severity info.",
    },
  ],
  falsePositives: [
    "A front end that was released with wrong paths.",
    "A crawler following links to pages that were removed.",
    "An uptime or security monitor of your own.",
  ],
  investigate: [
    "Look for answers with 2xx among the probes: those paths exist.",
    "See whether the source came back to something it found.",
  ],
  respond: [
    "Take away what should not be served (dotfiles, backups, consoles, debug endpoints).",
    "Block the source when it goes on.",
  ],
};
