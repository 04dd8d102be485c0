/** Other protocols on an HTTP port: what TLS, SSH, RDP, SMB and plain bytes look like in a request line. */
import type { Match } from "../detector.ts";

const RULE = "other/malformed-request";
const PROTOCOLS: readonly (readonly [RegExp, string])[] = [
  [/^\/?(?:\x16\x03|\\x16\\x03)/, "a TLS handshake"],
  [/^\/?ssh-\d/i, "an SSH banner"],
  [/mstshash=|^\/?(?:\x03\x00|\\x03\\x00)/, "a Remote Desktop connection"],
  [/(?:\xff|\\xff)smb/i, "an SMB negotiation"],
  [/^\/?(?:\\x[\da-f]{2}){3,}/i, "bytes that are no request"],
  [/^\/?(?:stats|version|info)?[\r\n]*\*\d+[\r\n]/, "the Redis protocol"],
  [/^\/?(?:t3|iiop) \d/i, "the protocol of WebLogic"],
  [/^\/?(?:socks|\x05\x01|\x04\x01|\\x05\\x01|\\x04\\x01)/i, "a SOCKS proxy request"],
];

export function* findMalformed(text: string): Generator<Match> {
  for (const [pattern, what] of PROTOCOLS) {
    if (pattern.test(text)) {
      yield {
        rule: RULE,
        score: 0.3,
        reason: `The request line is ${what}.`,
        start: 0,
        end: Math.min(text.length, 40),
      };
      return;
    }
  }
  let controls = 0;
  for (let i = 0; i < text.length && i < 200; i++) if (text.charCodeAt(i) < 32) controls++;
  if (controls >= 3) {
    yield {
      rule: RULE,
      score: 0.3,
      reason: "The request line holds bytes that no client writes there.",
      start: 0,
      end: Math.min(text.length, 40),
    };
  }
}
