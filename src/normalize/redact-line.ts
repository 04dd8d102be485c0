/**
 * Secrets out of text of any form: a line that no format explains may hold them as query parameters, JSON members,
 * headers or `name=value`. Rather masks too much than too little: the text is for a person to see what kind of
 * line it is.
 */
import { REDACTED, redactText } from "./redact.ts";
import { isSecretHeader, isSecretName } from "./secret-names.ts";

/** `name=value`, `name: value`, `"name":"value"`, with the quotes escaped or not; every part bounded. */
const PAIR =
  /(?<![\w.%-])([\w.%-]{2,64})((?:\\{0,3}["'])?\s{0,8}[=:]\s{0,8})(?:(\\{0,3}["'])((?:(?!\3)(?:[^\\]|\\.|\\$)){0,65536})|\[redacted\]|[^\s&"'\\,;}\])]{1,65536})/gs;
/** Headers whose value goes to the end of the line, or to the quote around all of it. */
const HEADER =
  /\b((?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]{0,40}(?:key|token|secret)[\w-]{0,20})((?:\\{0,3}["'])?\s{0,8}[:=]\s{0,8}(?:\\{0,3}["'])?)[^"'\r\n\\]{1,65536}/gi;
const SCHEME = /\b(Bearer|Basic|Digest|Negotiate|ApiKey|Token)\s{1,4}[\w.~+/=-]{6,65536}/gi;

/** A text in a text in a text; deeper ones are left to the shapes that secrets have. */
const DEEPEST = 3;

/** Idempotent. */
export function redactLine(line: string, depth = 0): string {
  const masked = line
    .replace(HEADER, (_, name: string, between: string) => `${name}${between}${REDACTED}`)
    .replace(SCHEME, (_, scheme: string) => `${scheme} ${REDACTED}`)
    .replace(PAIR, (whole: string, name: string, between: string, quote = "", quoted = "") => {
      if (isSecret(name)) return `${name}${between}${quote}${REDACTED}`;
      // A value that is no secret itself may hold some: a URL, a JSON text in a JSON text.
      if (depth >= DEEPEST || !/[=:]/.test(quoted)) return whole;
      return whole.slice(0, whole.length - quoted.length) + redactLine(quoted, depth + 1);
    });
  return redactText(masked) ?? "";
}

function isSecret(name: string): boolean {
  const plain = decoded(name);
  return isSecretName(plain) || isSecretHeader(plain.toLowerCase());
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
