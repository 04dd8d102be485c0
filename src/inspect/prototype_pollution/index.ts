/** Prototype pollution: keys that lead from an object to the prototype all objects share. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH } from "../detector.ts";
import * as shape from "../gate/shape.ts";

export const prototypePollution: Detector = {
  class: "prototype_pollution",
  id: "prototype_pollution",
  title: "Prototype pollution",
  meaning:
    "A key makes a careless merge write to the prototype of all objects of a JavaScript server: rights, settings or code for every request.",
  cwe: ["CWE-1321", "CWE-915"],
  patterns: ["CAPEC-180", "T1190"],
  owasp: ["API3:2023", "API8:2023"],
  falsePositives: ["Texts about JavaScript"],
  wants: (bits) => (bits & shape.CODE_WORD) !== 0,
  find({ lower }, context) {
    const match = judge(lower, context);
    return match === undefined ? NO_MATCH : [match];
  },
};

/** As a key: in brackets, after a dot, before a colon in JSON, or as the whole name. */
const PROTO = /(?:^|[[.{,"'\s])_{2}proto_{2}(?:$|[\].["':=\s])/;
const CONSTRUCTOR = /constructor["'\]]{0,2}\s{0,4}[:.[]\s{0,4}[{["']{0,3}\s{0,4}prototype/;

function judge(lower: string, context: Context): Match | undefined {
  const proto = PROTO.exec(lower);
  const found = proto ?? CONSTRUCTOR.exec(lower);
  if (found === null) return undefined;
  const key =
    context.place === "query name" || context.place === "field name" || context.place === "cookie name";
  const structured =
    key ||
    /^\s*[{[]/.test(lower) ||
    /[[.]_{2}proto_{2}|_{2}proto_{2}["']?\s{0,4}[\].:[=]/.test(lower) ||
    proto === null;
  return {
    rule: proto === null ? "prototype_pollution/constructor" : "prototype_pollution/proto",
    score: (structured ? 0.8 : 0.35) * (context.role === "code" ? 0.5 : 1),
    reason: "The key leads to the prototype that all objects share.",
    start: found.index,
    end: found.index + found[0].length,
  };
}
