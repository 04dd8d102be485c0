import type { Descriptor } from "../detector.ts";

export interface Scale {
  readonly windowMs: number;
  readonly name: string;
  readonly words: string;
  readonly floor: number;
}

/** Two looks at the same series: quick campaigns and patient ones. */
export const SCALES: readonly Scale[] = [
  { windowMs: 300_000, name: "five_minutes", words: "five minutes", floor: 40 },
  { windowMs: 3_600_000, name: "hour", words: "an hour", floor: 150 },
];
const DAY_FLOOR = 30;
const SOURCES_FLOOR = 15;
export const TRIES_PER_SOURCE = 8;

export const credentialStuffingDescriptor: Descriptor = {
  id: "credential_stuffing",
  title: "Credential stuffing from many sources",
  meaning: "A login is refused far more often than usual, from many addresses with a try or two each.",
  category: "credential_stuffing",
  severity: "medium",
  owasp: ["API2:2023"],
  mitre: ["T1110.004"],
  cwe: ["CWE-307", "CWE-799"],
  needs: ["url.path", "client.address", "http.response.status_code", "http.request.method"],
  better: { "user.id": "which accounts were tried and taken" },
  thresholds: [
    ...SCALES.map((scale) => ({
      name: scale.name,
      floor: scale.floor,
      least: 5,
      most: 1_000_000,
      unit: `refused logins in ${scale.words}`,
      learned: "the login's own mean and eight spreads above it",
      why: "Campaigns use each address about once, so only the login's side of it stands out.",
    })),
    {
      name: "day",
      floor: DAY_FLOOR,
      least: 5,
      most: 1_000_000,
      unit: "refused logins in a day, from addresses with one user agent that do nothing but log in",
      learned: "fixed; twice as many when they share only a kind of program or a network",
      why: "A patient campaign stays below any count, but its sources are alike, and nearly always refused.",
    },
    {
      name: "sources",
      floor: SOURCES_FLOOR,
      least: 3,
      most: 10_000,
      unit: "addresses, with at most eight tries each on average",
      learned: "fixed",
      why: "Fewer addresses are a brute force, which is told by the address.",
    },
  ],
  falsePositives: [
    "A login outage that refuses everybody: then successes vanish too and people try again.",
    "An app release that sends old tokens to the login.",
  ],
  investigate: [
    "Do the members share networks, user agents or timing?",
    "Which accounts were accepted for sources that did nothing else before?",
  ],
  respond: [
    "Reset the accounts that were accepted; end their sessions.",
    "Ask for a second factor or a challenge at this login while it lasts; block the members.",
  ],
};
