import type { Descriptor } from "../detector.ts";

const DAYS_FLOOR = 3;
const SPEED_FLOOR = 1000;

export const unfamiliarLocationDescriptor: Descriptor = {
  id: "unfamiliar_location",
  title: "Unfamiliar location",
  meaning:
    "A user came from a country they never came from before; it weighs more when nobody can have travelled that fast and the device is new too.",
  category: "unfamiliar_location",
  severity: "info",
  owasp: ["API2:2023"],
  mitre: ["T1078"],
  cwe: ["CWE-287"],
  needs: ["client.address", "user.id", "user_agent.original"],
  better: {
    "http.request.headers": "devices with the same user agent, told apart by language and order of headers",
  },
  thresholds: [
    {
      name: "days",
      floor: DAYS_FLOOR,
      least: 1,
      most: 365,
      unit: "different days on which the user came before",
      learned: "fixed",
      why: "Who was seen on two days has no usual country yet.",
    },
    {
      name: "speed",
      floor: SPEED_FLOOR,
      least: 200,
      most: 100_000,
      unit: "kilometres an hour between the nearest parts of two countries",
      learned: "fixed",
      why: "Airliners cruise at 900 km/h.",
    },
  ],
  falsePositives: [
    "A first VPN of a kind that is not known as one, with a new device.",
    "Addresses whose country the database does not know rightly.",
  ],
  investigate: [
    "Did the same user come from the usual country in between, with the usual device?",
    "What did they do from there that they seldom do: exports, changes of the account?",
  ],
  respond: [
    "Ask for a second factor.",
    "When the user does not know of it: end the sessions, reset the password.",
  ],
};
