import type { Descriptor } from "../detector.ts";

const REFUSALS_FLOOR = 20;
const SCRIPT_REFUSALS_FLOOR = 5;
const STRANGER_REFUSALS_FLOOR = 6;
const DAYS_FLOOR = 3;

export const accountTakeoverDescriptor: Descriptor = {
  id: "account_takeover",
  title: "Account takeover",
  meaning:
    "What an account is held by (e-mail address, password, second factor, payout, API key) was changed after its password was guessed, or from a device and a network that are both new to its user.",
  category: "account_takeover",
  severity: "high",
  owasp: ["API2:2023", "API6:2023"],
  mitre: ["T1078", "T1098", "T1556.006"],
  cwe: ["CWE-287", "CWE-620", "CWE-640"],
  needs: ["url.path", "client.address", "http.request.method", "http.response.status_code"],
  better: {
    "user.id": "whose account it is, and what is usual for its user",
    "user_agent.original": "devices",
    "session.id": "who changed it, where the log names no user",
  },
  thresholds: [
    {
      name: "refusals",
      floor: REFUSALS_FLOOR,
      least: 3,
      most: 10_000,
      unit: "logins refused to one source or one account, fading over an hour, before one is accepted",
      learned: "fixed",
      why: "Owners who remember, and password managers, need fewer.",
    },
    {
      name: "script_refusals",
      floor: SCRIPT_REFUSALS_FLOOR,
      least: 2,
      most: 10_000,
      unit: "logins refused to one source or one account, fading over a day, before a script is let in",
      learned: "fixed",
      why: "People do not log in by script, and a program of theirs is refused once and then mended.",
    },
    {
      name: "stranger_refusals",
      floor: STRANGER_REFUSALS_FLOOR,
      least: 2,
      most: 10_000,
      unit: "logins refused to an address from which nobody had come before, fading over an hour, before it is let in and more than the password is changed within half an hour",
      learned:
        "fixed; 1.6 times as many on a device or in a network of the user's, or while nothing is known of the user",
      why: "People forget their password at home; a stranger who needs six tries and then takes the account is none.",
    },
    {
      name: "days",
      floor: DAYS_FLOOR,
      least: 1,
      most: 365,
      unit: "different days on which the user came before",
      learned: "fixed",
      why: "Who was seen on two days has no usual device and network yet.",
    },
  ],
  falsePositives: [
    "A user who sets up a new device in a new network and changes the account at once.",
    "A help desk that changes accounts in users' names.",
  ],
  investigate: [
    "Ask the user, by the e-mail address or number from before the change.",
    "What else did the same device do: orders, payouts, exports, other accounts?",
  ],
  respond: [
    "Undo the change, end all sessions and API keys of the account, reset the password.",
    "Hold payouts and orders since. Ask for the second factor before such changes.",
  ],
};
