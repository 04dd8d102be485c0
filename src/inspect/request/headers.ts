/**
 * Headers that tell a server to take the request for another one, or that ask it for more than anyone needs: their
 * presence says it, whatever else the request carries.
 */
import type { Finding } from "../../event.ts";

type Headers = Readonly<Record<string, string>>;

/** The headers that `inspectHeaders` looks at. */
export const TELLING_HEADERS: readonly string[] = [
  "x-middleware-subrequest",
  "x-original-url",
  "x-rewrite-url",
  "proxy",
  "range",
];

export function inspectHeaders(headers: Headers, add: (finding: Finding) => void): void {
  const subrequest = headers["x-middleware-subrequest"];
  if (subrequest !== undefined) {
    add(
      found("x-middleware-subrequest", subrequest, "other/exploit-header", 0.8, {
        reason:
          "Next.js skips its middleware, and the checks in it, for requests that claim to be its own (CVE-2025-29927).",
      }),
    );
  }
  for (const name of ["x-original-url", "x-rewrite-url"]) {
    const value = headers[name];
    if (value?.startsWith("/")) {
      add(
        found(name, value, "other/path-override", 0.55, {
          reason: "Some servers answer for the path in this header instead of the path that was checked.",
        }),
      );
    }
  }
  const proxy = headers.proxy;
  if (proxy !== undefined && /[.:]/.test(proxy)) {
    add(
      found("proxy", proxy, "other/exploit-header", 0.6, {
        reason: "CGI programs take this header for the address of their own proxy (CVE-2016-5385).",
      }),
    );
  }
  const range = headers.range;
  if (range !== undefined) inspectRange(range, add);
}

/** RFC 9110, 14.2: a client asks for one range, a player for a few. */
const MOST_RANGES = 20;

function inspectRange(range: string, add: (finding: Finding) => void): void {
  if (/18446744073709551\d{3}/.test(range)) {
    add(
      found("range", range, "other/exploit-header", 0.8, {
        reason: "A range at the end of 64 bits overflows HTTP.sys (CVE-2015-1635).",
      }),
    );
  } else if (range.split(",", MOST_RANGES + 2).length > MOST_RANGES) {
    add(
      found("range", range, "other/amplification", 0.6, {
        reason:
          "Many ranges in one request make the server prepare the same file many times (CVE-2011-3192).",
      }),
    );
  }
}

function found(
  name: string,
  value: string,
  rule: string,
  score: number,
  { reason }: { readonly reason: string },
): Finding {
  const shown = value.slice(0, 200);
  return { class: "other", rule, location: `header:${name}`, evidence: shown, decoded: shown, score, reason };
}
