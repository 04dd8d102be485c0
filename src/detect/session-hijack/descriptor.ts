import type { Descriptor } from "../detector.ts";

const CHANGES_FLOOR = 3;

export const sessionHijackDescriptor: Descriptor = {
  id: "session_hijack",
  title: "Session used from two places",
  meaning:
    "A session or a token that a browser or an app began was used in turns by two devices in two networks: a copy of it is in other hands.",
  category: "session_hijack",
  severity: "high",
  owasp: ["API2:2023"],
  mitre: ["T1539", "T1550.004", "T1528"],
  cwe: ["CWE-384", "CWE-613"],
  needs: ["client.address", "user_agent.original", "session.id"],
  better: {
    "api_key.fingerprint": "tokens that browsers and apps send instead of a session",
    "user.id": "whose session it is",
    "http.request.headers": "devices with the same user agent, told apart by language and order of headers",
  },
  thresholds: [
    {
      name: "changes",
      floor: CHANGES_FLOOR,
      least: 1,
      most: 1000,
      unit: "changes between two devices in two networks, each within an hour",
      learned: "fixed; silent while one session in fifty does so, as when the log's session is not one",
      why: "A person who changes device or network does not come back and forth with the same session: one change is a new browser, two a return.",
    },
  ],
  falsePositives: [
    "A server of your own that uses people's tokens for them, under a browser's name.",
    "A log whose session id is the user's and not the session's.",
  ],
  investigate: [
    "Is the other address one of your own servers, or of a program that works for the person?",
    "What did the other device read and change? Ask the person whether that was them.",
  ],
  respond: [
    "End the session, and all others of this user; ask for the password and a second factor again.",
    "Find how it was copied: script in pages, logs with tokens, malware on the device. Bind sessions to the device.",
  ],
};
