/** File inclusion: system files by absolute path, stream wrappers, and remote files where a local one was expected. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH, type Reading } from "../detector.ts";
import { SYSTEM_DIRECTORY, secretFileIn } from "../file/targets.ts";
import * as shape from "../gate/shape.ts";
import { wordSet } from "../lexicon.ts";
import { proseOf } from "../prose.ts";
import { isQuotedCode } from "../quoted-code.ts";
import { strongest } from "../signs.ts";
import { judgeHost } from "../url/host.ts";
import { parseUrl, type Url, urlsIn } from "../url/parse.ts";

export const lfiRfi: Detector = {
  class: "lfi_rfi",
  id: "lfi_rfi",
  title: "Local and remote file inclusion",
  meaning:
    "The value names a file of the system, a stream wrapper or a foreign script for the server to read or run.",
  cwe: ["CWE-98", "CWE-73", "CWE-829"],
  patterns: ["CAPEC-175", "CAPEC-193", "CAPEC-252", "T1083", "T1005"],
  owasp: ["API8:2023", "API7:2023"],
  falsePositives: ["File paths in infrastructure APIs, logs and documentation"],
  wants: (bits) =>
    (bits & (shape.FILE_WORD | shape.CODE_WORD | shape.MARK | shape.PATH_WORD)) !== 0 ||
    ((bits & shape.COLON) !== 0 && (bits & shape.SLASH) !== 0) ||
    (bits & shape.BACKSLASH) !== 0,
  find(reading, context) {
    const best = strongest(findAll(reading, context));
    if (best === undefined) return NO_MATCH;
    const prose = reading.text.length > 40 ? proseOf(reading.text) : 0;
    const inPath = context.place === "path" || context.place === "segment" ? 0.7 : 1;
    const score =
      best.score *
      inPath *
      (context.role === "code" || isQuotedCode(reading.text, context) ? 0.5 : 1) *
      (prose > 0.25 ? 1 - prose * 0.6 : 1);
    return score < 0.1 ? NO_MATCH : [{ ...best, score }];
  },
};

function* findAll(reading: Reading, context: Context): Generator<Match> {
  if (context.place !== "path" && context.place !== "segment") yield* systemFile(reading, context);
  yield* wrapper(reading, context);
  const whole = parseUrl(reading.text);
  if (whole !== undefined && !whole.relative) yield* remoteFile(reading, whole, context);
  yield* uncPath(reading);
}

/** A URL of a file, and nothing before the file's own path. */
const FILE_URL = /^\s*(?:url:)?file:\/{1,4}(?:localhost\/)?(?:[a-z]:[/\\]{1,2})?$/;

/** Infrastructure APIs name directories all day; nobody but an attacker names the password file. */
function* systemFile({ text, lower }: Reading, context: Context): Generator<Match> {
  const target = secretFileIn(lower);
  const alone = text.length < 120;
  const inField = context.place === "field" || context.place === "xml";
  if (target !== undefined) {
    const absolute = target.start > 0 || lower.startsWith(target.name);
    const harmless = /^etc\/(?:hosts|hostname|issue|motd|os-release|resolv|fstab|profile|environment)/.test(
      target.name,
    );
    const system =
      !harmless && /^(?:etc|proc|root|sys|windows|winnt|boot\.ini|win\.ini|var\/log)/.test(target.name);
    const fileUrl = system && FILE_URL.test(lower.slice(0, target.start));
    yield {
      rule: "lfi_rfi/system-file",
      score: fileUrl
        ? 0.85
        : absolute
          ? (system ? 0.75 : inField || harmless ? 0.45 : 0.6) -
            (alone ? 0 : 0.15) +
            (harmless && lower.trim().endsWith(target.name) ? 0.1 : 0)
          : 0.3,
      reason: `${target.name} is a file that only the system itself should read.`,
      start: Math.max(0, target.start - 8),
      end: Math.min(text.length, target.end + 8),
    };
  }
  const directory = /\s/.test(lower.trim()) ? null : SYSTEM_DIRECTORY.exec(lower.trim());
  if (directory !== null) {
    yield {
      rule: "lfi_rfi/system-directory",
      score: inField ? 0.4 : 0.55,
      reason: "The value is an absolute path into a directory of the system.",
      start: 0,
      end: Math.min(text.length, 100),
    };
  }
}

const WRAPPERS =
  wordSet(`php phar zip zlib expect data glob rar ogg ssh2 compress.zlib compress.bzip2 ssh2.scp ssh2.sftp ssh2.exec
  ssh2.shell ssh2.tunnel jar netdoc bzip2 convert.base64-encode file local_file view-source opal classpath mhtml`);

function* wrapper({ text, lower }: Reading, context: Context): Generator<Match> {
  for (const url of urlsIn(text, 4)) yield* judgeWrapper(url, text);
  const inline =
    /^\s*data:(?!image|audio|video|font|application\/(?:pdf|octet|zip|vnd|msword))[\w/+.-]{0,40}[;,]/.exec(
      lower,
    );
  if (inline !== null) {
    const wanted = context.role === "file" || context.place === "query" || context.place === "xml";
    yield {
      rule: "lfi_rfi/wrapper",
      score: wanted ? 0.5 : 0.3,
      reason: "data: gives a file function its content in the name.",
      start: 0,
      end: Math.min(text.length, 100),
    };
  }
  if (!lower.includes("jar:") && !lower.includes("file:") && !lower.includes("php:")) return;
  const odd =
    /(?:^|[\s="'(])(?:jar:(?:file|http|https|ftp):|file:\/{1,3}[\w%.~[]|file:[\\]|php:\/{0,2}(?:filter|input|fd|memory|temp))/.exec(
      lower,
    );
  if (odd !== null) {
    yield {
      rule: "lfi_rfi/wrapper",
      score: 0.7,
      reason: "A URL of a local file or an archive.",
      start: odd.index,
      end: Math.min(text.length, odd.index + 80),
    };
  }
}

function* judgeWrapper(url: Url, text: string): Generator<Match> {
  if (!WRAPPERS.has(url.scheme) || (url.host === "" && !/^[/\\]?[^\s/\\]/.test(url.rest))) return;
  const data = url.scheme === "data";
  yield {
    rule: "lfi_rfi/wrapper",
    score: url.scheme === "php" || url.scheme === "expect" || url.scheme === "phar" ? 0.85 : data ? 0.6 : 0.7,
    reason: `${url.scheme}:// makes a file function read something other than a file of the application.`,
    start: url.start,
    end: Math.min(text.length, url.end),
  };
}

/** `page=http://…`: where a template was expected, a URL is an inclusion; a script behind it says the same anywhere. */
function* remoteFile({ text }: Reading, url: Url, context: Context): Generator<Match> {
  if (url.scheme !== "http" && url.scheme !== "https" && url.scheme !== "ftp" && url.scheme !== "ftps")
    return;
  const script = /\.(?:php\d?|phtml|phar|jsp|jspx|asp|aspx|cgi|pl|py|sh|txt)(?:[?#%\0]|$)/i.test(url.rest);
  const tail = /^[^?]*\?+$/.test(url.rest) && url.rest.length > 0;
  const numeric = /^[\d.]+$/.test(url.host) || url.host.startsWith("[");
  const included =
    context.role === "file" || /(?:path|dir|root|base|inc|template|config|abs)[a-z_]*$/i.test(context.name);
  let score = 0.15;
  if (included) score = script || tail || numeric ? 0.75 : 0.55;
  else if (tail) score = 0.55;
  else if (numeric && script) score = 0.6;
  else if (numeric) score = judgeHost(url.host).kind === "public" ? 0.45 : 0.15;
  else if (script && context.role === "unknown" && url.rest.length < 60) score = 0.3;
  if (/\.(?:m?js|css|png|jpe?g|gif|svg|webp|ico|html?|map|json|xml|pdf|mp4|woff2?)$/i.test(url.rest))
    score = Math.min(score, 0.2);
  if (url.scheme.startsWith("ftp") && score < 0.3) score = 0.3;
  yield {
    rule: "lfi_rfi/remote-file",
    score:
      context.place === "header" || context.role === "redirect" || context.place === "cookie"
        ? Math.min(score, 0.3)
        : score,
    reason: `The value is a URL of ${url.host} where the server may expect a file of its own.`,
    start: url.start,
    end: Math.min(text.length, url.end),
  };
}

/** `\\host\share`: opening it sends credentials to the host (forced authentication, T1187). */
function* uncPath({ text }: Reading): Generator<Match> {
  const unc = /(?:^|[\s="'(,])(?:\\\\|\\\\\\\\)(\[?[\w.:-]{2,80}\]?)\\{1,2}([\w$. -]{1,60})/.exec(text);
  if (unc === null) return;
  const kind = judgeHost(unc[1] ?? "").kind;
  yield {
    rule: "lfi_rfi/unc-path",
    score: kind === "public" ? (/\d\.\d|\.[a-z]{2,}$/i.test(unc[1] ?? "") ? 0.5 : 0.3) : 0.65,
    reason: "A network path makes a Windows server open a connection with its own credentials.",
    start: unc.index,
    end: Math.min(text.length, unc.index + unc[0].length),
  };
}
