import type { Descriptor } from "../detector.ts";

/** More than this many refusals with one forgiven every 10 seconds (CrowdSec's http-generic-bf: 5 and 10 s). */
const BURST_FLOOR = 5;
export const BURST_LEAK_PER_SECOND = 0.1;
const HOUR_FLOOR = 25;
const DAY_FLOOR = 20;
/** Patience: refused in this many different hours. */
export const PATIENT_HOURS = 4;
const ACCOUNT_FLOOR = 10;

export const bruteForceDescriptor: Descriptor = {
  id: "brute_force",
  title: "Brute force",
  meaning: "One source had many logins, codes or tokens refused, or one account was tried from many sources.",
  category: "brute_force",
  severity: "low",
  owasp: ["API2:2023"],
  mitre: ["T1110", "T1110.001"],
  cwe: ["CWE-307"],
  needs: ["url.path", "client.address", "http.response.status_code", "http.request.method"],
  better: {
    "user.id": "which account is under attack, and attacks on one account from many addresses",
    "http.response.body.size": "logins that answer 200 to a wrong password",
  },
  thresholds: [
    {
      name: "burst",
      floor: BURST_FLOOR,
      least: 2,
      most: 1000,
      unit: "refusals, one forgiven every 10 s",
      learned: "fixed",
      why: "A person needs more than ten seconds for each of six tries.",
    },
    {
      name: "hour",
      floor: HOUR_FLOOR,
      least: 3,
      most: 100_000,
      unit: "refusals in an hour",
      learned: "three times the 99th percentile of other sources",
      why: "A person gives up or resets the password long before.",
    },
    {
      name: "day",
      floor: DAY_FLOOR,
      least: 5,
      most: 100_000,
      unit: "refusals of one source or one account, fading over a day, in four different hours",
      learned: "three times the 99th percentile of other sources",
      why: "Who wants to stay below an hourly limit has to be patient; people get in or give up.",
    },
    {
      name: "account",
      floor: ACCOUNT_FLOOR,
      least: 3,
      most: 10_000,
      unit: "refusals of one account, one forgiven every 20 s, from three sources or more",
      learned: "fixed",
      why: "Per-address counting is blind to many addresses with one guess each.",
    },
  ],
  falsePositives: [
    "A program with an old password that retries without pause.",
    "Several such programs behind one address: one alone, which keeps the clock, is told as a fact.",
    "A load test of the login.",
  ],
  investigate: [
    "Was one of the logins accepted? Which account?",
    "Is the user agent one that your customers use?",
  ],
  respond: [
    "Slow down or block the source; lock or step up the account.",
    "When one was accepted: end its sessions and reset the password.",
  ],
};
