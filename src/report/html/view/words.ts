/** What the page calls things. */
import type { Category, FindingClass, Outcome, Severity } from "../../../event.ts";

export const SEVERITY_ORDER: readonly Severity[] = ["critical", "high", "medium", "low", "info"];

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  unknown: "outcome unknown",
  attempted: "attempted",
  probably_succeeded: "probably succeeded",
  succeeded: "succeeded",
};

const CLASS_WORDS: Readonly<Record<FindingClass, string>> = {
  sqli: "SQL injection",
  nosqli: "NoSQL injection",
  xss: "cross-site scripting",
  cmdi: "command injection",
  code: "code injection",
  traversal: "path traversal",
  lfi_rfi: "file inclusion",
  ssrf: "server-side request forgery",
  ssti: "template injection",
  xxe: "XML external entity",
  ldap: "LDAP injection",
  xpath: "XPath injection",
  log4shell: "Log4Shell",
  deserialization: "deserialisation",
  crlf: "header injection",
  open_redirect: "open redirect",
  prototype_pollution: "prototype pollution",
  webshell: "web shell",
  other: "other payload",
};

export function outcomeWords(outcome: Outcome): string {
  return OUTCOME_WORDS[outcome];
}

export function categoryWords(category: Category): string {
  return category.replaceAll("_", " ");
}

export function classWords(of: FindingClass): string {
  return CLASS_WORDS[of];
}

/** "injection: SQL injection" says it twice; the class alone says it. */
export function kindWords(of: { readonly category: Category; readonly class: FindingClass | null }): string {
  return of.class === null ? categoryWords(of.category) : classWords(of.class);
}

/** "client address", "user", "campaign". */
export function entityWords(type: string): string {
  return type.replace(/\.(?:id|name|fingerprint)$/, "").replaceAll(/[._]/g, " ");
}

/** First letter large, for the start of a heading. */
export function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
