/** What access logs are full of besides injection: files that should not be served, product holes, tools, protocols. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH, type Reading } from "../detector.ts";
import * as shape from "../gate/shape.ts";
import { findSigns, strongest } from "../signs.ts";
import { findExploitPath } from "./exploit-path.ts";
import { EXPLOIT_VALUES } from "./exploit-value.ts";
import { findGraphql } from "./graphql.ts";
import { findMalformed } from "./malformed.ts";
import { findPanel, findUserEnumeration } from "./panel.ts";
import { findScannerMark } from "./scanner-mark.ts";
import { findSensitiveFile } from "./sensitive-file.ts";

export const other: Detector = {
  class: "other",
  id: "other",
  title: "Probing and tools",
  meaning:
    "The request asks for files that should not be served, for endpoints of products with known holes, or comes from a tool that looks for them.",
  cwe: ["CWE-200", "CWE-538", "CWE-552", "CWE-530", "CWE-444"],
  patterns: ["CAPEC-150", "CAPEC-169", "CAPEC-310", "T1595.002", "T1595.003", "T1592"],
  owasp: ["API8:2023", "API9:2023"],
  falsePositives: [
    "Products that really run here",
    "A team's own scans",
    "Links to backups and logs that are meant to be public",
  ],
  wants: (bits, { place, name }) =>
    place === "path" ||
    ((bits & shape.BRACE) !== 0 && (place === "body" || name === "query")) ||
    (bits & (shape.MARK | shape.CODE_WORD | shape.FILE_WORD | shape.CONTROL)) !== 0 ||
    (place === "query" && (bits & shape.PATH_WORD) !== 0) ||
    place === "query",
  find(reading, context) {
    const found = strongest(findAll(reading, context));
    return found === undefined || found.score < 0.1 ? NO_MATCH : [found];
  },
};

function* findAll(reading: Reading, context: Context): Generator<Match> {
  const { text, lower } = reading;
  if (context.place === "path") {
    yield* findExploitPath(lower);
    yield* findSensitiveFile(lower);
    yield* findPanel(lower);
    yield* findMalformed(text);
  }
  yield* findUserEnumeration(lower, context);
  const userAgent = context.place === "header" && context.name === "user-agent";
  if (userAgent || context.place !== "path") yield* findScannerMark(reading, userAgent);
  if (context.role !== "code") yield* findSigns(reading, EXPLOIT_VALUES);
  if (context.place !== "header" && context.place !== "path") yield* findGraphql(reading);
}
