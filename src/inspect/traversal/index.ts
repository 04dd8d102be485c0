/** Path traversal: how far a path climbs, how it hides that, and where it then leads. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH, type Reading } from "../detector.ts";
import { secretFileIn } from "../file/targets.ts";
import * as shape from "../gate/shape.ts";
import { proseOf } from "../prose.ts";
import { type Climb, climb, hiddenClimb } from "./climb.ts";

export const traversal: Detector = {
  class: "traversal",
  id: "traversal",
  title: "Path traversal",
  meaning:
    "The value climbs out of the directory that it was meant to stay in, to read or write other files.",
  cwe: ["CWE-22", "CWE-23", "CWE-24", "CWE-35", "CWE-36"],
  patterns: ["CAPEC-126", "CAPEC-139", "T1083", "T1006"],
  owasp: ["API8:2023", "API1:2023"],
  falsePositives: ["Relative links and imports in documents, style sheets and source maps"],
  wants: (bits) =>
    (bits & (shape.DOTS | shape.PATH_WORD)) !== 0 ||
    ((bits & (shape.FILE_WORD | shape.BRACE)) !== 0 && (bits & (shape.SLASH | shape.BACKSLASH)) !== 0),
  find(reading, context) {
    const plain = climb(reading.text);
    const hidden = plain !== undefined && plain.ups > 1 ? undefined : hiddenClimb(reading.text);
    const climbed = hidden ?? plain;
    if (climbed === undefined) return NO_MATCH;
    const score = hidden !== undefined && context.role !== "code" ? 0.65 : judge(climbed, reading, context);
    if (score < 0.1) return NO_MATCH;
    const match: Match = {
      rule: climbed.tricked ? "traversal/hidden-dots" : "traversal/dots",
      score,
      reason: `The path climbs ${climbed.ups} ${climbed.ups === 1 ? "directory" : "directories"} up${leadsTo(reading)}.`,
      start: climbed.start,
      end: climbed.end,
    };
    return [match];
  },
};

function leadsTo(reading: Reading): string {
  const target = secretFileIn(reading.lower);
  return target === undefined ? "" : ` and leads to ${target.name}`;
}

function judge(climbed: Climb, reading: Reading, context: Context): number {
  const target = secretFileIn(reading.lower) !== undefined;
  if (target) return climbed.start > 200 && proseOf(reading.text) > 0.4 ? 0.4 : 0.95;
  // Dots that were encoded, or doubled so that one removal leaves them, were hidden from something.
  const hidden =
    climbed.tricked || stepsOf(context) > (context.escaped || ESCAPED.has(context.place) ? 1 : 0) ? 0.2 : 0;
  const inPath = context.place === "path" || context.place === "segment";
  if (inPath) return climbed.above > 0 ? 0.85 : Math.min(0.8, 0.3 + hidden);
  if (context.role === "code" || proseOf(reading.text) > 0.3) return 0.3;
  const asset = isAsset(climbed.rest) && hidden === 0 && FIELDS.has(context.place);
  if (climbed.ups >= 5) return asset ? 0.55 : 0.85 + hidden / 4;
  if (climbed.ups >= 3) return asset ? 0.4 : 0.75 + hidden / 2;
  const named = context.role === "file" || context.role === "url" ? 0.2 : 0;
  const script = context.place === "query" && SCRIPT.test(climbed.rest) ? 0.2 : 0;
  const base = climbed.ups === 2 ? 0.55 : 0.3 + script;
  return asset ? 0.2 : Math.min(0.9, base + named + hidden);
}

/** Steps that undo an encoding; the strings of JSON text are not encoded. */
function stepsOf({ trail }: Context): number {
  return trail.filter((step) => !step.startsWith("json ")).length;
}

/** What a parameter has no business to name beside its own folder. */
const SCRIPT =
  /^[\w./-]{1,80}\.(?:php\d?|aspx?|jspx?|env|ini|conf|config|cfg|xml|ya?ml|bak|sql|log|key|pem|htaccess|htpasswd)(?:\0|$)/i;

const ESCAPED: ReadonlySet<string> = new Set(["path", "segment"]);
const FIELDS: ReadonlySet<string> = new Set(["field", "body", "xml"]);

/** What pages and projects link to. */
function isAsset(rest: string): boolean {
  return (
    /\.(?:png|jpe?g|gif|svg|webp|ico|css|scss|less|m?[jt]sx?|vue|html?|md|json|woff2?|ttf|mp[34]|pdf|map)$/i.test(
      rest,
    ) || /^[\w@/-]{1,80}$/.test(rest)
  );
}
