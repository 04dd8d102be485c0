/**
 * Whether a text may hold anything that `redact.ts` looks for: one pass over the characters, a quarter of what the
 * expressions cost. It may say yes too often, never no where an expression would match.
 */

/** No secret shape is shorter. */
const SHORTEST = 8;
const CARD_DIGITS = 13;
const ZERO = 48;
const NINE = 57;
const SPACE = 32;
const DASH = 45;

/** For a character that begins a secret shape, those that may come next: eyJ, AKIA, ASIA, AIza, ghp_, xoxb-, sk_, ://. */
const NEXT: ReadonlyMap<string, string> = new Map([
  ["e", "y"],
  ["A", "KSI"],
  ["g", "h"],
  ["x", "o"],
  ["s", "k"],
  ["r", "k"],
  ["-", "-"],
  [":", "/"],
]);
/** The same by code: 0 for characters that begin nothing, else the place of their followers. */
const BEGINS = new Uint8Array(128);
const FOLLOWS = new Uint8Array(NEXT.size * 128 + 128);
for (const [i, [first, followers]] of [...NEXT].entries()) {
  BEGINS[first.charCodeAt(0)] = i + 1;
  for (const follower of followers) FOLLOWS[(i + 1) * 128 + follower.charCodeAt(0)] = 1;
}

export function mayHoldSecret(text: string): boolean {
  const length = text.length;
  if (length < SHORTEST) return false;
  let digits = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) {
      digits = 0;
      continue;
    }
    if (code >= ZERO && code <= NINE) {
      if (++digits === CARD_DIGITS) return true;
      continue;
    }
    if (code !== SPACE && code !== DASH) digits = 0;
    const begins = BEGINS[code] as number;
    if (begins === 0) continue;
    const next = text.charCodeAt(i + 1);
    if (next < 128 && FOLLOWS[begins * 128 + next] === 1) return true;
  }
  return false;
}
