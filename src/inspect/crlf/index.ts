/** CRLF injection: a line break that ends a header, a mail, a protocol command or a log line, and begins another. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH } from "../detector.ts";
import * as shape from "../gate/shape.ts";
import { MAIL_COMMAND, MAIL_LINE } from "./mail.ts";

export const crlf: Detector = {
  class: "crlf",
  id: "crlf",
  title: "CRLF and header injection",
  meaning: "A line break in the value begins a further header, response, mail command or log line.",
  cwe: ["CWE-93", "CWE-113", "CWE-117", "CWE-147"],
  patterns: ["CAPEC-33", "CAPEC-34", "CAPEC-105", "CAPEC-41", "T1190"],
  owasp: ["API8:2023"],
  falsePositives: ["E-mails and HTTP messages quoted in text fields"],
  wants: (bits) => (bits & shape.LINE) !== 0,
  find({ text }, context) {
    const match = judge(text, context);
    return match === undefined || match.score < 0.1 ? NO_MATCH : [match];
  },
};

const RESPONSE_HEADER =
  /[\r\n]\s{0,4}(?:set-cookie2?|location|content-type|content-length|transfer-encoding|host|refresh|link|access-control-[a-z-]{1,40}|x-[a-z-]{1,40}|referer|connection|content-disposition|content-security-policy|status|via|origin|cookie|authorization|vary|etag|expires|last-modified)\s{0,4}:/i;
const MESSAGE =
  /[\r\n]\s{0,4}(?:http\/\d\.\d\s|(?:get|post|put|delete|head|options|patch|trace)\s{1,4}\S{1,400}\s{1,4}http\/\d)/i;
const MAIL_HEADER =
  /[\r\n]\s{0,4}(?:to|cc|bcc|from|subject|reply-to|mime-version|return-path|content-transfer-encoding)\s{0,4}:/i;
/** Redis, memcached and FTP take commands line by line, so a URL client can be made to speak them. */
const SERVICE_COMMAND =
  /[\r\n]\s{0,4}(?:flushall|config\s{1,4}set\s|slaveof\s|replicaof\s|module\s{1,4}load\s|set\s{1,4}\S{1,200}\s{1,4}\d{1,6}\s{1,4}\d{1,9}\s|\*\d{1,3}[\r\n]{1,2}\$\d|eval\s{1,4}["'])/i;
const LOG_LINE =
  /[\r\n]\s{0,4}(?:\d{1,3}(?:\.\d{1,3}){3}\s-\s|\[?\d{4}-\d\d-\d\d[t\s]\d\d:\d\d|\[?(?:info|warn|warning|error|debug)\]?[\s:]{1,4}\S)/i;
const MARKUP = /[\r\n]{3,4}\s{0,4}<(?:html|script|h1|svg|body|img)/i;

/** Text fields hold lines; paths, queries, headers and cookies do not. */
const IN_LINE: ReadonlySet<string> = new Set([
  "path",
  "segment",
  "query",
  "query name",
  "header",
  "cookie",
  "cookie name",
  "file name",
  "field name",
]);

const DOCUMENT =
  /^\s{0,8}(?:[a-z][\w-]{1,40}\s{0,2}:\s{0,2}\S|(?:get|post|put|patch|delete|head|options)\s\S{1,400}\shttp\/|http\/\d)/i;

/** A sentence, and below it the message that it is about. */
const QUOTED =
  /^[^\r\n:=]{0,200}[a-z',]{1,20} [a-z',]{1,20} [a-z\d',]{1,20}\s{0,2}[:.,!?]?\s{0,2}(?:`{3}[a-z]{0,10})?\r?\n\s{0,4}(?:\n|>|`{3})/i;

function judge(text: string, context: Context): Match | undefined {
  const inLine = IN_LINE.has(context.place);
  const short = text.length < 400;
  const rules: readonly (readonly [RegExp, string, number, number, string])[] = [
    [RESPONSE_HEADER, "crlf/header", 0.85, short ? 0.5 : 0.3, "A line break begins a further header."],
    [
      MESSAGE,
      "crlf/response-splitting",
      0.9,
      short ? 0.5 : 0.3,
      "A line break begins a further HTTP message.",
    ],
    [MARKUP, "crlf/response-splitting", 0.7, 0.2, "Two line breaks end the headers and begin a page."],
    [
      MAIL_COMMAND,
      "crlf/mail-command",
      0.75,
      short ? 0.55 : 0.3,
      "A line break begins a command of a mail server.",
    ],
    [
      MAIL_LINE,
      "crlf/mail-command",
      0.65,
      /^[\r\n]/.test(text) && short ? 0.6 : 0.2,
      "A line break begins a command of a mail server.",
    ],
    [MAIL_HEADER, "crlf/mail-header", 0.7, 0.3, "A line break begins a further header of a mail."],
    [
      SERVICE_COMMAND,
      "crlf/service-command",
      0.8,
      short ? 0.6 : 0.3,
      "A line break begins a command of a cache or database server.",
    ],
    [LOG_LINE, "crlf/log-line", 0.6, 0.15, "A line break begins a forged log line."],
  ];
  for (const [pattern, rule, inLineScore, textScore, reason] of rules) {
    const found = pattern.exec(text);
    if (found === null) continue;
    // Calendars, cards, mails and quoted messages are lines of names and values from the first on.
    const document = !inLine && (DOCUMENT.test(text) || QUOTED.test(text));
    const score = inLine ? inLineScore : document ? textScore * 0.6 : textScore;
    return {
      rule,
      score,
      reason,
      start: found.index,
      end: Math.min(text.length, found.index + found[0].length + 40),
    };
  }
  if (context.place !== "path" && context.place !== "header") return undefined;
  const at = text.search(/[\r\n]/);
  if (at < 0) return undefined;
  return {
    rule: "crlf/line-break",
    score: 0.4,
    reason: "A line break where no line can break.",
    start: at,
    end: Math.min(text.length, at + 40),
  };
}
