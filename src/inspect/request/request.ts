/** Signs that only the request as a whole shows: two lengths for one body (request smuggling, CWE-444). */
import type { ApiEvent, Finding } from "../../event.ts";
import { inspectAmount } from "./amount.ts";
import { inspectHeaders, TELLING_HEADERS } from "./headers.ts";

const CODINGS =
  /^\s*(?:chunked|gzip|deflate|compress|br|identity|trailers)(?:\s*,\s*(?:chunked|gzip|deflate|compress))*\s*$/i;

export function inspectRequest(event: ApiEvent, add: (finding: Finding) => void): void {
  inspectAmount(event, add);
  const headers = event["http.request.headers"];
  if (headers === undefined || !hasTelling(headers)) return;
  inspectHeaders(headers, add);
  inspectFraming(headers, add);
}

/** Looking through the few names that are there costs less than asking for each of those that seldom are. */
function hasTelling(headers: Readonly<Record<string, string>>): boolean {
  for (const name in headers) if (TELLING.has(name)) return true;
  return false;
}

/** `transfer-encoding` with something that one server drops and the next does not. */
const ODD_NAMES = [
  "transfer-encoding ",
  "transfer_encoding",
  " transfer-encoding",
  "transfer-encoding\t",
  "content-length ",
];

const TELLING: ReadonlySet<string> = new Set([
  ...ODD_NAMES,
  ...TELLING_HEADERS,
  "transfer-encoding",
  "content-length",
]);

function inspectFraming(headers: Readonly<Record<string, string>>, add: (finding: Finding) => void): void {
  for (const name of ODD_NAMES) {
    const value = headers[name];
    if (value !== undefined) {
      add(
        smuggling(
          `header:${name}`,
          value,
          0.6,
          "The name of a framing header is spelt so that servers disagree about it.",
        ),
      );
    }
  }
  const coding = headers["transfer-encoding"];
  const length = headers["content-length"];
  if (coding !== undefined && !CODINGS.test(coding)) {
    add(
      smuggling(
        "header:transfer-encoding",
        coding,
        0.6,
        "A transfer coding spelt so that servers disagree about it.",
      ),
    );
  } else if (coding !== undefined && length !== undefined) {
    add(
      smuggling(
        "header:transfer-encoding",
        coding,
        0.5,
        "A length and a transfer coding: servers may disagree where the body ends.",
      ),
    );
  }
  if (length !== undefined && !/^\s*\d+\s*$/.test(length)) {
    add(smuggling("header:content-length", length, 0.55, "More than one length, or none that is a number."));
  }
}

function smuggling(location: string, value: string, score: number, reason: string): Finding {
  const shown = value.slice(0, 200);
  return {
    class: "other",
    rule: "other/request-smuggling",
    location,
    evidence: shown,
    decoded: shown,
    score,
    reason,
  };
}
