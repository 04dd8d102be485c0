/**
 * Base64 and base64url that decode to text (RFC 4648): one token, or the payload of a data URL or key=value. A piece
 * cut out of a longer token begins in the middle of a group of four: it is read from there.
 */
import { pieceOffset, readsAsText } from "../gate/base64-text.ts";

const SHORTEST = 8;
/** Decoding more than this adds cost, not insight. */
const LONGEST = 16_384;
/** Share of characters that must be printable. */
const PRINTABLE = 0.9;

export function decodeBase64(text: string): string | undefined {
  const token = soleToken(text);
  if (token === undefined || token.length < SHORTEST) return undefined;
  const length = token.replace(/={1,8}$/, "").length;
  if (readsAsText(token, 0, length)) {
    const decoded = Buffer.from(token.slice(0, LONGEST), "base64").toString("utf8");
    if (isMostlyText(decoded)) return decoded;
  }
  return decodePiece(token, length);
}

/** A name, which chance does not spell. */
const NAME = /[a-z.]{6}/i;

function decodePiece(token: string, length: number): string | undefined {
  const offset = pieceOffset(token, 0, length);
  if (offset === 0) return undefined;
  // As many characters as the group lacks, so that what it still has is decoded too; their own bits are dropped.
  const lacking = 4 - offset;
  const bytes = Buffer.from("A".repeat(lacking) + token.slice(0, LONGEST), "base64");
  const decoded = bytes.subarray(lacking).toString("utf8");
  return NAME.test(decoded) && isMostlyText(decoded) ? decoded : undefined;
}

/** The token when the text is one token, perhaps after a data URL's or a credential's introduction. */
function soleToken(text: string): string | undefined {
  const trimmed = text.trim();
  const introduced = trimmed.lastIndexOf("base64,", 200);
  const from = introduced >= 0 ? introduced + 7 : trimmed.startsWith("Basic ") ? 6 : 0;
  for (let i = from; i < trimmed.length; i++) {
    if (!isToken(trimmed.charCodeAt(i))) return undefined;
  }
  return from === 0 ? trimmed : trimmed.slice(from);
}

function isToken(code: number): boolean {
  if (code >= 48 && code <= 57) return true;
  if ((code | 0x20) >= 97 && (code | 0x20) <= 122) return true;
  return code === 43 || code === 45 || code === 47 || code === 61 || code === 95;
}

function isMostlyText(text: string): boolean {
  if (text.length < 4) return false;
  let printable = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code >= 32 && code < 127) || code === 9 || code === 10 || code === 13) printable++;
    else if (code > 0xa0 && code !== 0xfffd) printable++;
  }
  return printable >= text.length * PRINTABLE;
}
