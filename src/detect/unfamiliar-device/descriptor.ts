import type { Descriptor } from "../detector.ts";

const DAYS_FLOOR = 3;
const DEVICES_FLOOR = 4;

export const unfamiliarDeviceDescriptor: Descriptor = {
  id: "unfamiliar_device",
  title: "Unfamiliar device",
  meaning:
    "A user or an API key came with a device or a program never seen with them; it weighs more when it is a script in a rented server or behind a VPN.",
  category: "unfamiliar_device",
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
      why: "Who was seen on two days has no usual devices yet.",
    },
    {
      name: "devices",
      floor: DEVICES_FLOOR,
      least: 1,
      most: 6,
      unit: "usual devices from which on another one is nothing new",
      learned: "fixed",
      why: "Who has four gets a fifth; and shared accounts have many.",
    },
  ],
  falsePositives: ["A new phone or browser.", "A user who begins to use your API by a script of their own."],
  investigate: [
    "Did the usual devices come in between?",
    "What did the new one do that the user seldom does: exports, changes of the account?",
  ],
  respond: [
    "Tell the user about the new device.",
    "When it is not theirs: end its sessions, reset the password.",
  ],
};
