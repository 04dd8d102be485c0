/** UTF-7 (RFC 2152): `+ADw-script+AD4-`, read by old Internet Explorer and by some XML parsers. */
/** @returns the decoded text, or `undefined` when there is no UTF-7 that hides markup */
export function decodeUtf7(text: string): string | undefined {
  let at = text.indexOf("+A");
  let out = "";
  let copied = 0;
  while (at >= 0) {
    let end = at + 1;
    while (end < text.length && isBase64(text.charCodeAt(end))) end++;
    const decoded = utf16(text.slice(at + 1, end));
    if (decoded !== undefined) {
      out += text.slice(copied, at) + decoded;
      copied = text[end] === "-" ? end + 1 : end;
    }
    at = text.indexOf("+A", end);
  }
  return copied === 0 || !/[<>"'&]/.test(out) ? undefined : out + text.slice(copied);
}

function utf16(token: string): string | undefined {
  if (token.length < 3) return undefined;
  const bytes = Buffer.from(token, "base64");
  let out = "";
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const unit = bytes.readUInt16BE(i);
    // The high byte of ASCII is zero: anything else is chance.
    if (unit > 0x7f || unit < 9) return undefined;
    out += String.fromCharCode(unit);
  }
  return out;
}

function isBase64(code: number): boolean {
  if (code === 43 || code === 47 || (code >= 48 && code <= 57)) return true;
  return (code | 0x20) >= 97 && (code | 0x20) <= 122;
}
