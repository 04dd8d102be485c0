/**
 * Undoes what servers do to odd bytes in a log line: nginx and Apache write `\xHH`, Apache also `\"` and `\\`,
 * HAProxy `#HH`, JSON-escaping loggers the escapes of RFC 8259. Bytes that make UTF-8 become its characters;
 * others become the character of the same number, so that an overlong sequence stays visible.
 */

/** How a server escapes the values of a line. `clf`: `\xHH`, `\"` and `\\`. */
export type Escaping = "clf" | "json" | "haproxy" | "none";

const CLF = /(?:\\x[0-9A-Fa-f]{2})+|\\["\\]/g;
const HAPROXY = /(?:#[0-9A-Fa-f]{2})+/g;
const JSON_ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|(["\\/bfnrt]))/g;
const JSON_CHARACTERS: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

export function unescapeText(text: string, escaping: Escaping): string {
  if (escaping === "clf") {
    if (!text.includes("\\")) return text;
    return text.replace(CLF, (run) => (run.length === 2 ? run.slice(1) : bytesOf(run, 4)));
  }
  if (escaping === "haproxy")
    return text.includes("#") ? text.replace(HAPROXY, (run) => bytesOf(run, 3)) : text;
  if (escaping === "json" && text.includes("\\")) {
    return text.replace(JSON_ESCAPE, (_all, hex: string | undefined, letter: string | undefined) =>
      hex !== undefined
        ? String.fromCharCode(Number.parseInt(hex, 16))
        : (JSON_CHARACTERS[letter ?? ""] ?? letter ?? ""),
    );
  }
  return text;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The characters of a run of escaped bytes, each `width` characters of text with the two hex digits last. */
function bytesOf(run: string, width: number): string {
  const bytes = new Uint8Array(run.length / width);
  let plain = true;
  for (let i = 0; i < bytes.length; i++) {
    const byte = Number.parseInt(run.slice((i + 1) * width - 2, (i + 1) * width), 16);
    bytes[i] = byte;
    if (byte > 127) plain = false;
  }
  if (!plain) {
    try {
      return utf8.decode(bytes);
    } catch {
      // Not UTF-8: fall through to one character a byte.
    }
  }
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
