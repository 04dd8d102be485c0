/** Other protocols on an HTTP port: what TLS, SSH, RDP, SMB and plain bytes look like in a request line. */
import type { Match } from "../detector.ts";

const RULE = "other/malformed-request";

/** First bytes, as they are and as logs write them. */
const OPENINGS: readonly (readonly [string, string])[] = [
  ["\u0016\u0003", "a TLS handshake"],
  ["\\x16\\x03", "a TLS handshake"],
  ["ssh-", "an SSH banner"],
  ["\u0003\u0000", "a Remote Desktop connection"],
  ["\\x03\\x00", "a Remote Desktop connection"],
  ["\u0005\u0001", "a SOCKS proxy request"],
  ["\u0004\u0001", "a SOCKS proxy request"],
  ["\\x05\\x01", "a SOCKS proxy request"],
  ["\\x04\\x01", "a SOCKS proxy request"],
  ["t3 ", "the protocol of WebLogic"],
  ["*1\r", "the Redis protocol"],
  ["\\x00\\x00", "bytes that are no request"],
];

const PIECES: readonly (readonly [string, string])[] = [
  ["mstshash=", "a Remote Desktop connection"],
  ["\u00ffsmb", "an SMB negotiation"],
  ["\\xffsmb", "an SMB negotiation"],
];

/** Control characters that make a request line bytes rather than text. */
const FEWEST = 3;

export function* findMalformed(text: string): Generator<Match> {
  const what = protocolOf(text.slice(0, 200).toLowerCase());
  if (what === undefined) return;
  yield {
    rule: RULE,
    score: 0.3,
    reason: `The request line is ${what}.`,
    start: 0,
    end: Math.min(text.length, 40),
  };
}

function protocolOf(lower: string): string | undefined {
  const line = lower.startsWith("/") ? lower.slice(1) : lower;
  for (const [opening, what] of OPENINGS) if (line.startsWith(opening)) return what;
  for (const [piece, what] of PIECES) if (line.includes(piece)) return what;
  let controls = 0;
  for (let i = 0; i < line.length; i++) if (line.charCodeAt(i) < 32) controls++;
  return controls >= FEWEST ? "bytes that no client writes there" : undefined;
}
