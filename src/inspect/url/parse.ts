/** URLs the way lenient clients read them: missing slashes, backslashes, user information, ports, brackets. */
export interface Url {
  readonly scheme: string;
  /** Before the `@`, empty when there is none. */
  readonly user: string;
  readonly host: string;
  readonly rest: string;
  readonly start: number;
  readonly end: number;
  /** Without a scheme: `//host/path`. */
  readonly relative: boolean;
}

const LONGEST = 2_048;
const SCHEME = /^(?:url:)?([a-z][a-z\d+.-]{1,24}):(?!\d{1,5}(?:[/?#]|$))(?=[/\\[\w])/i;

/** @param at where the URL should begin */
export function parseUrl(text: string, at = 0): Url | undefined {
  let from = at;
  while (text.charCodeAt(from) <= 32 || "\"'(<=`".includes(text.charAt(from))) {
    if (from >= text.length) return undefined;
    from++;
  }
  const head = text.slice(from, from + LONGEST);
  const scheme = SCHEME.exec(head);
  const relative = scheme === null && /^[/\\]{2}[^/\\]/.test(head);
  if (scheme === null && !relative) return undefined;
  let position = scheme === null ? 0 : scheme[0].length;
  while (head.charAt(position) === "/" || head.charAt(position) === "\\") position++;
  const authorityEnd = indexOfAny(head, position);
  const authority = head.slice(position, authorityEnd);
  const at2 = authority.lastIndexOf("@");
  const host = authority.slice(at2 + 1);
  return {
    scheme: (scheme?.[1] ?? "").toLowerCase(),
    user: at2 < 0 ? "" : authority.slice(0, at2),
    host: withoutPort(host),
    rest: head.slice(authorityEnd),
    start: from,
    end: from + endOf(head),
    relative,
  };
}

function indexOfAny(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if ("/\\?#\"'<> \t\r\n".includes(text.charAt(at))) return at;
  return text.length;
}

function endOf(text: string): number {
  for (let at = 0; at < text.length; at++) if ("\"'<> \t\r\n".includes(text.charAt(at))) return at;
  return text.length;
}

function withoutPort(host: string): string {
  if (host.startsWith("[")) return host.slice(0, host.indexOf("]") + 1 || undefined);
  const colon = host.indexOf(":");
  return colon < 0 || host.indexOf(":", colon + 1) > 0 ? host : host.slice(0, colon);
}

/** URLs with an explicit scheme inside a longer text, at most `most`. */
export function* urlsIn(text: string, most: number): Generator<Url> {
  let at = text.indexOf(":/");
  for (let seen = 0; at >= 0 && seen < most; seen++) {
    let start = at;
    while (start > 0 && at - start < 24 && /[a-z\d+.-]/i.test(text.charAt(start - 1))) start--;
    const url = start < at ? parseUrl(text, start) : undefined;
    if (url !== undefined) yield url;
    at = text.indexOf(":/", at + 2);
  }
}
