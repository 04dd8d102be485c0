/** LDAP injection: filter syntax (RFC 4515) that closes the filter it was put into and adds its own conditions. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH } from "../detector.ts";
import * as shape from "../gate/shape.ts";

export const ldap: Detector = {
  class: "ldap",
  id: "ldap",
  title: "LDAP injection",
  meaning:
    "The value closes the filter of a directory query and adds conditions: to pass a login, to list or guess attributes.",
  cwe: ["CWE-90"],
  patterns: ["CAPEC-136", "T1190", "T1087.002"],
  owasp: ["API8:2023"],
  falsePositives: ["Directory tools that take whole filters"],
  wants: (bits) =>
    ((bits & shape.PAREN) !== 0 && (bits & (shape.OPERATOR | shape.PIPE | shape.AMP)) !== 0) ||
    ((bits & shape.COLON) !== 0 && (bits & shape.OPERATOR) !== 0),
  find({ text, lower }, context) {
    const match = judge(text, lower, context);
    return match === undefined || match.score < 0.1 ? NO_MATCH : [match];
  },
};

/** `)(`, `*)(|(`, `)(&`, `))(`: an end of a filter followed by another. */
const BREAKOUT =
  /\)\s{0,4}(?:\(\s{0,4}[|&!]?\s{0,4}\(?\s{0,4}[a-z][\w.;-]{0,40}\s{0,4}(?:[~<>:]?=)|\(\s{0,4}[|&!]\s{0,4}[()]|[|&]\s{0,4}\()/;
const FILTER = /\(\s{0,4}[|&!]\s{0,4}\(\s{0,4}[a-z!(][\w.;-]{0,40}/;
const ATTRIBUTE =
  /\b(?:uid|cn|sn|objectclass|objectcategory|userpassword|samaccountname|userprincipalname|memberof|givenname|mail|ou|dc|department|useraccountcontrol|displayname|homedirectory|admincount|user|pass|password|username|name|login)\s{0,4}(?:=|:|>=|<=|~=)/;
/** Matching rules by object identifier (RFC 4515 extensible match). */
const MATCHING_RULE = /[a-z][\w-]{1,40}:(?:dn:)?\d\.\d{1,3}\.\d{1,4}(?:\.\d{1,6}){1,10}:=/;

function judge(text: string, lower: string, context: Context): Match | undefined {
  const rule = MATCHING_RULE.exec(lower);
  if (rule !== null) return matchOf("ldap/matching-rule", 0.65, rule, text);
  const breakout = BREAKOUT.exec(lower);
  const filter = FILTER.exec(lower);
  const attribute = ATTRIBUTE.test(lower);
  const whole = lower.trimStart().startsWith("(") && balanced(lower);
  if (breakout !== null && (attribute || filter !== null)) {
    // A whole, balanced filter is what directory tools send; one that ends too early is an injection.
    const score = whole ? (context.role === "filter" || !attribute ? 0.4 : 0.55) : 0.8;
    return matchOf("ldap/filter", score, breakout, text);
  }
  if (filter !== null && attribute)
    return matchOf("ldap/filter", whole && context.role === "filter" ? 0.4 : 0.6, filter, text);
  const open =
    /^[\w\s@.-]{0,40}\*\s{0,4}\(\s{0,4}\)\s{0,4}[|&]|^[\w\s@.-]{0,40}\*\s{0,4}\)\s{0,4}\(\s{0,4}[|&]/.exec(
      lower,
    );
  if (open !== null) return matchOf("ldap/wildcard", 0.6, open, text);
  const star = /^[\w\s@.-]{0,40}\*\s{0,4}\)+/.exec(lower);
  if (star !== null && attribute) return matchOf("ldap/wildcard", 0.6, star, text);
  const closed = /^[\w\s@.*-]{0,40}\)\s{0,4}\(\s{0,4}(?:[|&!]|[a-z]{2,20}\s{0,4}=)/.exec(lower);
  return closed === null ? undefined : matchOf("ldap/filter", 0.55, closed, text);
}

function balanced(text: string): boolean {
  let depth = 0;
  let parens = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 40) {
      depth++;
      parens++;
    } else if (code === 41 && --depth < 0) return false;
    else if (depth === 0 && code > 32 && code !== 41) return false;
  }
  return depth === 0 && parens > 0;
}

function matchOf(rule: string, score: number, found: RegExpExecArray, text: string): Match {
  return {
    rule,
    score,
    reason: "The value closes an LDAP filter and adds conditions of its own.",
    start: Math.max(0, found.index - 4),
    end: Math.min(text.length, found.index + found[0].length + 30),
  };
}
