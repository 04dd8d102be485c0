/** Open redirect: a target that reads as a path of this site and leads to another. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH } from "../detector.ts";
import * as shape from "../gate/shape.ts";
import { parseUrl } from "../url/parse.ts";

export const openRedirect: Detector = {
  class: "open_redirect",
  id: "open_redirect",
  title: "Open redirect",
  meaning:
    "The value sends whoever follows the link to a site of the sender's choice, under this site's name.",
  cwe: ["CWE-601"],
  patterns: ["CAPEC-194", "T1566.002", "T1204.001"],
  owasp: ["API8:2023"],
  falsePositives: ["Return addresses of single sign-on and payment pages"],
  wants: (bits, { place, role }) =>
    role === "redirect" ||
    (place !== "body" &&
      (bits & shape.MARK) !== 0 &&
      (bits & (shape.SLASH | shape.BACKSLASH | shape.COLON)) !== 0),
  find(reading, context) {
    const match = judge(reading.text, context);
    return match === undefined || match.score < 0.1 ? NO_MATCH : [match];
  },
};

/** Spellings that browsers take for `//host` and checks take for a path. */
const DISGUISED =
  /^\s*(?:[/\\]\s{0,4}[\t\r\n]|\/\\|\\\/|\\\\[\w.-]+\.[a-z]{2,}\/|\/{3,}[\w.-]+\.[a-z]{2,}|https?:[^/\\\s]|https?:\/[^/]|[/\\]{2}[\w.-]+@)/i;

/** No page writes these by accident: a control character or a backslash after the slash, a scheme without slashes. */
const HIDDEN =
  /^\s*(?:\/\s{0,2}[\t\r\n]\s{0,2}[/\\]?|\/\\)[\w-]+\.[\w.-]+|^https?:(?!\d{1,5}(?:\/|$))[\w-]{1,63}(?:\.[\w-]{1,63})+/i;

function judge(text: string, context: Context): Match | undefined {
  if (context.place === "path") return judgePath(text);
  const redirect = context.role === "redirect";
  if (context.place === "header" || context.place === "cookie") return undefined;
  if (DISGUISED.test(text)) {
    const hidden = context.place === "query" && HIDDEN.test(text);
    return matchOf(redirect ? 0.65 : hidden ? 0.55 : 0.35, text);
  }
  const url = parseUrl(text);
  if (url === undefined || url.host === "") return undefined;
  if (url.relative) {
    // Ideographic full stops are dots to a browser.
    if (/[\u3002\uff0e\uff61]/.test(url.host)) return matchOf(0.6, text);
    return url.host.includes(".") ? matchOf(redirect ? 0.55 : 0.25, text) : undefined;
  }
  if (!redirect || !/^https?$/.test(url.scheme)) return undefined;
  if (url.user.length > 0) return matchOf(0.6, text);
  return { ...matchOf(0.2, text), reason: `The redirect target is the site ${url.host}.` };
}

/** `//host/%2e%2e`: servers that normalise and redirect send the browser to the host. */
function judgePath(path: string): Match | undefined {
  if (!/^(?:\/{2,}|\/\\|\/%5c)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:\/|%2f)(?:\.\.|%2e%2e|%2f\.\.)/i.test(path))
    return undefined;
  return matchOf(0.6, path);
}

function matchOf(score: number, text: string): Match {
  return {
    rule: "open_redirect/other-site",
    score,
    reason: "The target reads as a path and leads to another site.",
    start: 0,
    end: Math.min(text.length, 120),
  };
}
