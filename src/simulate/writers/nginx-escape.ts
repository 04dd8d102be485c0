/**
 * How nginx escapes values in a log (ngx_http_log_escape, `escape=default`): the quote, the backslash and every byte
 * under 0x20 or over 0x7e become \xHH, by the bytes of UTF-8.
 */
const UNSAFE = /[^\x20\x21\x23-\x5b\x5d-\x7e]/;
const encoder = new TextEncoder();

export function nginxEscape(value: string): string {
  return UNSAFE.test(value) ? escapeBytes(value) : value;
}

/** For values that come again and again: user agents, referrers. */
export function rememberingNginxEscape(limit = 20_000): (value: string) => string {
  const known = new Map<string, string>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const escaped = nginxEscape(value);
    if (known.size < limit) known.set(value, escaped);
    return escaped;
  };
}

function escapeBytes(value: string): string {
  let text = "";
  for (const byte of encoder.encode(value)) {
    const plain = byte > 0x1f && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    text += plain ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}
