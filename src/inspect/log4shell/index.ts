/** Log4Shell (CVE-2021-44228 and its relatives): lookups of Log4j in anything that may be logged. */
import { type Detector, type Match, NO_MATCH } from "../detector.ts";
import * as shape from "../gate/shape.ts";
import { resolveLookups } from "./lookups.ts";

export const log4shell: Detector = {
  class: "log4shell",
  id: "log4shell",
  title: "Log4j lookup injection",
  meaning:
    "The value makes a vulnerable Log4j load a class from a server of the sender, or write secrets of the environment into a host name.",
  cwe: ["CWE-917", "CWE-502", "CWE-20"],
  patterns: ["CAPEC-136", "T1190", "T1059"],
  owasp: ["API8:2023"],
  falsePositives: ["Placeholders of templates and build tools that name env or sys"],
  wants: (bits) =>
    ((bits & shape.DOLLAR) !== 0 && (bits & shape.BRACE) !== 0) ||
    ((bits & shape.CODE_WORD) !== 0 && (bits & shape.COLON) !== 0),
  find({ text, lower }, context) {
    const match = judge(text, lower);
    if (match === undefined) return NO_MATCH;
    return [context.role === "code" ? { ...match, score: match.score * 0.6 } : match];
  },
};

const PROTOCOLS = /jndi\s*:\s*(?:ldaps?|rmi|dns|iiop|corba|nds|nis|http|https|\$\{|\/)/;
/** Lookups that only configuration files have use for. */
const LOOKUP =
  /\$\{(?:ctx|env|sys|java|main|map|sd|bundle|date|event|marker|web|k8s|docker|spring|log4j|base64|lower|upper):[^}]{0,80}/;

function judge(text: string, lower: string): Match | undefined {
  const open = lower.indexOf("${");
  if (open >= 0) {
    const { resolved, steps } = resolveLookups(lower.slice(open, open + 4_000));
    if (/\$\{\s*jndi\s*:/.test(resolved)) {
      return matchOf(
        "log4shell/jndi",
        0.97,
        steps > 0
          ? "Nested lookups hide a JNDI lookup that loads a class from another server."
          : "A JNDI lookup loads a class from another server.",
        open,
        text.length,
      );
    }
    if (PROTOCOLS.test(resolved))
      return matchOf("log4shell/jndi", 0.9, "A JNDI lookup put together from pieces.", open, text.length);
    if (steps > 1 && /\$\{/.test(resolved)) {
      return matchOf(
        "log4shell/nested-lookup",
        0.65,
        "Lookups inside lookups serve to hide what they spell.",
        open,
        text.length,
      );
    }
  }
  const jndi = PROTOCOLS.exec(lower);
  if (jndi !== null)
    return matchOf("log4shell/jndi", 0.65, "A JNDI name without its lookup.", jndi.index, text.length);
  const lookup = LOOKUP.exec(lower);
  if (lookup === null) return undefined;
  const hiding = /^\$\{(?:lower|upper|date|base64):/.test(lookup[0]) || lookup[0].includes(":-");
  return matchOf(
    "log4shell/lookup",
    hiding ? 0.6 : 0.45,
    "A lookup that Log4j would resolve while logging.",
    lookup.index,
    lookup.index + lookup[0].length,
  );
}

function matchOf(rule: string, score: number, reason: string, start: number, end: number): Match {
  return { rule, score, reason, start, end: Math.min(end, start + 160) };
}
