/** Web shells: their well-known names, their traffic, and the uploads that would become one. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH, type Reading } from "../detector.ts";
import * as shape from "../gate/shape.ts";
import { strongest } from "../signs.ts";
import { isDroppedScript, isExecutableUpload, isShellName } from "./names.ts";

export const webshell: Detector = {
  class: "webshell",
  id: "webshell",
  title: "Web shell",
  meaning: "The request looks for, uses or uploads a script that runs commands for whoever calls it.",
  cwe: ["CWE-434", "CWE-553"],
  patterns: ["CAPEC-650", "CAPEC-17", "T1505.003"],
  owasp: ["API8:2023"],
  falsePositives: ["Uploads to systems that keep source code"],
  wants: (bits, { place }) =>
    place === "file name" || (bits & (shape.PATH_WORD | shape.TAG | shape.CODE_WORD)) !== 0,
  find(reading, context) {
    const best = strongest(findAll(reading, context));
    return best === undefined
      ? NO_MATCH
      : [context.role === "code" ? { ...best, score: best.score * 0.5 } : best];
  },
};

function* findAll(reading: Reading, context: Context): Generator<Match> {
  const { text, lower } = reading;
  if (context.place === "path" && isShellName(lower)) {
    yield {
      rule: "webshell/path",
      score: 0.7,
      reason: "The path is the usual name of a web shell.",
      start: Math.max(0, lower.lastIndexOf("/")),
      end: text.length,
    };
  } else if (context.place === "path" && isDroppedScript(lower)) {
    yield {
      rule: "webshell/dropped-script",
      score: lower.includes("/.well-known/") || lower.includes("/uploads/") ? 0.6 : 0.5,
      reason: "The path is a script where only uploads, pictures or certificates should lie.",
      start: Math.max(0, lower.lastIndexOf("/")),
      end: text.length,
    };
  }
  if (context.place === "file name" && isExecutableUpload(lower)) {
    yield {
      rule: "webshell/upload",
      score: 0.65,
      reason: "The uploaded file would run on the server if it were stored where scripts are.",
      start: 0,
      end: text.length,
    };
  }
  yield* shellCode(lower);
}

/** Script that runs what the request says: input of the request straight into a call that executes. */
const SHELL_CODE =
  /(?:eval|assert|system|exec|passthru|shell_exec|popen|proc_open|create_function|call_user_func|preg_replace|include|require)\s{0,8}\(?[^;)]{0,80}\$(?:_(?:get|post|request|cookie|server|files)|\{["']_(?:get|post)|http_raw)|(?:eval|execute)\s{0,4}\(?\s{0,4}request|getruntime\(\)\s{0,4}\.exec\s{0,4}\(\s{0,4}request\.getparameter|move_uploaded_file\s{0,4}\(\s{0,4}\$_files|@?eval\s{0,4}\(\s{0,4}(?:base64_decode|gzinflate|str_rot13)/;

function* shellCode(lower: string): Generator<Match> {
  const found = SHELL_CODE.exec(lower);
  if (found === null) return;
  yield {
    rule: "webshell/code",
    score: 0.9,
    reason: "A script that runs whatever a request tells it to.",
    start: found.index,
    end: Math.min(lower.length, found.index + found[0].length + 30),
  };
}
