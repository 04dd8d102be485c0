/** Whether a long token is the base64 of text: tells a hidden payload from an identifier without decoding it all. */
const SEXTET: Uint8Array = (() => {
  const table = new Uint8Array(128).fill(255);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (let value = 0; value < 64; value++) table[alphabet.charCodeAt(value)] = value;
  table["-".charCodeAt(0)] = 62;
  table["_".charCodeAt(0)] = 63;
  return table;
})();

/** How many groups of three bytes are looked at: nine printable bytes by chance are one token in 10,000. */
const GROUPS = 3;

export function readsAsText(text: string, from: number, to: number): boolean {
  let at = from;
  for (let group = 0; group < GROUPS && at + 4 <= to; group++, at += 4) {
    const a = SEXTET[text.charCodeAt(at) & 127] as number;
    const b = SEXTET[text.charCodeAt(at + 1) & 127] as number;
    if (!isPrintable((a << 2) | (b >> 4))) return false;
    const c = SEXTET[text.charCodeAt(at + 2) & 127] as number;
    if (!isPrintable(((b & 15) << 4) | (c >> 2))) return false;
    const d = SEXTET[text.charCodeAt(at + 3) & 127] as number;
    if (!isPrintable(((c & 3) << 6) | d)) return false;
  }
  return true;
}

/** Bytes that a piece must show as text: with fewer, chance does too often. */
const PIECE_BYTES = 5;

/**
 * @returns how many characters of a group come before its first full one when the token reads as text only from
 * there, as a piece cut out of a longer token does; 0 when it reads as text nowhere
 */
export function pieceOffset(text: string, from: number, to: number): 0 | 1 | 2 | 3 {
  if (bytesOfText(text, from + 3, to) >= PIECE_BYTES) return 3;
  if (bytesOfText(text, from + 2, to) >= PIECE_BYTES) return 2;
  return bytesOfText(text, from + 1, to) >= PIECE_BYTES ? 1 : 0;
}

/** How many bytes, of the first nine, read as text; 0 when one does not. */
function bytesOfText(text: string, from: number, to: number): number {
  const whole = Math.min(GROUPS, (to - from) >> 2);
  if (!readsAsText(text, from, to)) return 0;
  const at = from + 4 * whole;
  if (whole === GROUPS || to - at < 2) return 3 * whole;
  const a = SEXTET[text.charCodeAt(at) & 127] as number;
  const b = SEXTET[text.charCodeAt(at + 1) & 127] as number;
  if (!isPrintable((a << 2) | (b >> 4))) return 0;
  if (to - at < 3) return 3 * whole + 1;
  const c = SEXTET[text.charCodeAt(at + 2) & 127] as number;
  return isPrintable(((b & 15) << 4) | (c >> 2)) ? 3 * whole + 2 : 0;
}

function isPrintable(byte: number): boolean {
  // NUL is what text that is hidden from filters is sprinkled with.
  return (byte >= 32 && byte < 127) || byte === 10 || byte === 13 || byte === 9 || byte === 0;
}
