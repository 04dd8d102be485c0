/**
 * Requests that ask for so much at once that the server suffers, or that a limit on requests does not see: batches of
 * operations, thousands of parameters, nesting that parsers pay for (CWE-770, CWE-674; OWASP API4:2023).
 */
import type { ApiEvent, Finding, Json } from "../../event.ts";

/** Operations in one batch that clients send; blockchain nodes and dashboards send some tens. */
const MOST_OPERATIONS = 100;
/** Parameters of one query: PHP and others stop at a thousand. */
const MOST_PARAMETERS = 1_000;
/** A query with that many parameters is at least this long. */
const SHORTEST_FLOOD = 2 * MOST_PARAMETERS;
/** Brackets in a row that no document of an API opens. */
const DEEP = 100;
/** Of a body that is looked at for its nesting. */
const HEAD = 4_096;

export function inspectAmount(event: ApiEvent, add: (finding: Finding) => void): void {
  const query = event["url.query"];
  if (query !== undefined && query.length >= SHORTEST_FLOOD) {
    const parameters = count(query, "&", MOST_PARAMETERS);
    if (parameters >= MOST_PARAMETERS) {
      add(found("query", query, "other/parameter-flood", 0.5, "More parameters than any form has."));
    }
  }
  const body = event["http.request.body"];
  if (body === undefined || body === null) return;
  if (typeof body === "string") inspectText(body, add);
  else if (Array.isArray(body)) inspectBatch(body as readonly Json[], add);
}

function inspectText(body: string, add: (finding: Finding) => void): void {
  const first = body.charCodeAt(0);
  if (first !== 91 && first !== 123) return;
  if (opensMany(body) && nestingOf(body.slice(0, HEAD)) >= DEEP) {
    add(found("body", body, "other/nesting", 0.6, "JSON that is nested deeper than any document is."));
  }
  if (first !== 91) return;
  for (const mark of ['"jsonrpc"', '"query"']) {
    if (count(body, mark, MOST_OPERATIONS) >= MOST_OPERATIONS) {
      add(found("body", body, "other/batch", 0.5, BATCH));
      return;
    }
  }
}

const BATCH = "One request carries a hundred operations or more: a limit on requests counts them as one.";

function inspectBatch(items: readonly Json[], add: (finding: Finding) => void): void {
  if (items.length < MOST_OPERATIONS) return;
  const [first] = items;
  if (first === null || typeof first !== "object" || Array.isArray(first)) return;
  if (!("jsonrpc" in first) && !("query" in first)) return;
  add(found("body", `${items.length} operations`, "other/batch", 0.5, BATCH));
}

/** Whether there are brackets enough in the head to nest as deep: looking for them costs less than counting levels. */
function opensMany(body: string): boolean {
  const head = body.length <= HEAD ? body : body.slice(0, HEAD);
  return count(head, "[", DEEP) + count(head, "{", DEEP) >= DEEP;
}

/** How deep brackets nest before the first text that is not a key. */
function nestingOf(head: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < head.length; at++) {
    const code = head.charCodeAt(at);
    if (code === 91 || code === 123) deepest = Math.max(deepest, ++depth);
    else if (code === 93 || code === 125) depth--;
  }
  return deepest;
}

function count(text: string, part: string, enough: number): number {
  let seen = 0;
  for (let at = text.indexOf(part); at >= 0 && seen < enough; at = text.indexOf(part, at + part.length))
    seen++;
  return seen;
}

function found(location: string, text: string, rule: string, score: number, reason: string): Finding {
  const shown = text.slice(0, 120);
  return { class: "other", rule, location, evidence: shown, decoded: shown, score, reason };
}
