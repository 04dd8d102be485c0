import type { Descriptor } from "../detector.ts";

const ACCOUNTS_FLOOR = 10;
export const TRIES_PER_ACCOUNT = 3;

export const manyAccountsDescriptor: Descriptor = {
  id: "many_accounts",
  title: "Password spraying or credential stuffing from one source",
  meaning:
    "One source was refused at many accounts with a few tries each: common passwords against names, or a list of stolen pairs.",
  category: "password_spraying",
  severity: "medium",
  owasp: ["API2:2023"],
  mitre: ["T1110.003", "T1110.004"],
  cwe: ["CWE-307"],
  needs: ["url.path", "client.address", "http.response.status_code", "user.id"],
  better: {},
  thresholds: [
    {
      name: "accounts",
      floor: ACCOUNTS_FLOOR,
      least: 2,
      most: 100_000,
      unit: "different accounts refused, at most three tries each, in a day",
      learned: "fixed",
      why: "An office behind one address has many accounts too, but most of its logins are accepted.",
    },
  ],
  falsePositives: ["A gateway that logs in for many users and lost its configuration."],
  investigate: ["Which accounts were tried, and were any accepted?", "Do the names exist here?"],
  respond: ["Block the source.", "Reset the accounts that were accepted; ask for a second factor."],
};
