/** URL schemes as a browser reads them: leading controls and inner tabs and newlines are dropped (WHATWG URL, 4.4). */
import { decodeHtmlEntities } from "../decode/html-entities.ts";
import { decodePercent } from "../decode/percent.ts";
import { strip } from "../decode/strip.ts";
import { scriptStrength } from "./javascript.ts";

export interface SchemeVerdict {
  readonly score: number;
  readonly scheme: string;
}

const HARMLESS: SchemeVerdict = { score: 0, scheme: "" };
/** The scheme stands at the start; the rest of a long URL is only looked at for what it runs. */
const LONGEST = 2_000;

export function judgeScheme(url: string): SchemeVerdict {
  const head = url.slice(0, LONGEST);
  const readable = decodeHtmlEntities(head) ?? head;
  const tight = tighten(readable).toLowerCase();
  const colon = tight.indexOf(":");
  if (colon < 4 || colon > 40) return HARMLESS;
  const scheme = lastWord(tight.slice(0, colon));
  const rest = readable.slice(readable.indexOf(":") + 1);
  if (
    scheme === "javascript" ||
    scheme === "vbscript" ||
    scheme === "livescript" ||
    scheme === "jscript" ||
    scheme === "mocha"
  ) {
    const code = decodePercent(rest) ?? rest;
    const strength = Math.max(scriptStrength(code), scheme === "javascript" ? 0 : 0.6);
    // Tabs, entities or controls inside the scheme are there for filters alone.
    if (!head.toLowerCase().includes(`${scheme}:`)) return { scheme, score: 0.6 + 0.35 * strength };
    // "JavaScript: The Good Parts" is a title.
    if (strength <= 0.3) return { scheme, score: strength === 0 ? 0.1 : 0.3 };
    return { scheme, score: 0.5 + 0.45 * strength };
  }
  if (scheme === "data") return judgeData(tighten(rest));
  return HARMLESS;
}

/** Without white space, controls and invisible characters. */
function tighten(text: string): string {
  return (strip(text) ?? text).replace(/[\s\u2028\u2029]+/g, "");
}

/** A nested `view-source:javascript:` or `feed:javascript:` still ends in its last scheme. */
function lastWord(text: string): string {
  const parts = text.split(/[^a-z]/);
  return parts[parts.length - 1] ?? "";
}

const MARKUP_TYPES =
  /^(?:text\/html|application\/xhtml|text\/xml|application\/xml|text\/javascript|application\/(?:x-)?javascript|text\/vbscript|application\/x-x509-user-cert|text\/xsl|text\/x-scriptlet)/;

function judgeData(rest: string): SchemeVerdict {
  const scheme = "data";
  const comma = rest.indexOf(",");
  const type = (comma < 0 ? rest : rest.slice(0, comma)).toLowerCase();
  if (MARKUP_TYPES.test(type)) return { scheme, score: 0.8 };
  const svg = type.startsWith("image/svg");
  if (!svg && type !== "" && !type.startsWith(";")) return HARMLESS;
  const payload = rest.slice(comma + 1);
  const text = type.includes("base64")
    ? Buffer.from(payload, "base64").toString("latin1")
    : (decodePercent(payload) ?? payload);
  if (/<script|["'/]on[a-z]{3,20}=|javascript:|alert\(/i.test(text)) return { scheme, score: 0.85 };
  return { scheme, score: svg ? 0.2 : 0.5 };
}
