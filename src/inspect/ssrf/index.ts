/** Server-side request forgery: URLs that lead inside, spelt in every way that resolvers and clients understand. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH, type Reading } from "../detector.ts";
import * as shape from "../gate/shape.ts";
import { wordSet } from "../lexicon.ts";
import { proseOf } from "../prose.ts";
import { strongest } from "../signs.ts";
import { type HostVerdict, judgeHost } from "../url/host.ts";
import { parseUrl, type Url, urlsIn } from "../url/parse.ts";

export const ssrf: Detector = {
  class: "ssrf",
  id: "ssrf",
  title: "Server-side request forgery",
  meaning:
    "The value makes the server itself call an address that the sender cannot reach: loopback, internal hosts, cloud metadata.",
  cwe: ["CWE-918", "CWE-441"],
  patterns: ["CAPEC-664", "T1090", "T1552.005"],
  owasp: ["API7:2023"],
  falsePositives: [
    "Development settings that name localhost",
    "Addresses of internal hosts in logs and infrastructure APIs",
  ],
  wants: (bits, { role }) =>
    role === "url" ||
    (bits & shape.MARK) !== 0 ||
    ((bits & shape.COLON) !== 0 && (bits & (shape.SLASH | shape.CODE_WORD | shape.BACKSLASH)) !== 0) ||
    (bits & shape.PATH_WORD) !== 0,
  find(reading, context) {
    if (context.place === "path" || context.place === "segment" || context.name === "host") return NO_MATCH;
    const best = strongest(findAll(reading, context));
    if (best === undefined || best.score < 0.1) return NO_MATCH;
    return [{ ...best, score: context.role === "code" ? best.score * 0.5 : best.score }];
  },
};

const SCHEMES = wordSet(
  "gopher dict tftp ldap ldaps sftp netdoc imap imaps pop3 smb smbs telnet rmi iiop t3 redis memcached mongodb jdbc scp svn ssh smtp smtps nntp iiop unix git nfs hdfs afp amqp rtsp rtmp finger ldapi kafka jnp res postgres postgresql mysql tn3270",
);
/** Schemes that clients open on the user's own machine, or that configuration is written in. */
const CONFIGURED = wordSet(
  "ldap ldaps redis mongodb jdbc ssh svn sftp imap imaps smtp smtps git nfs hdfs amqp rtsp rtmp kafka postgres postgresql mysql unix",
);

function* findAll(reading: Reading, context: Context): Generator<Match> {
  const { text } = reading;
  const whole = parseUrl(text);
  if (whole !== undefined) yield* judgeUrl(whole, context, 1, text);
  else if (context.role === "url" || context.role === "redirect" || context.role === "command")
    yield* bareHost(text, context);
  // A host with a path, as a server's own configuration would name it, where nothing asks for one.
  else if (context.place === "query" || context.place === "xml") yield* bareUrl(text, context);
  yield* hiddenHost(text, context);
  const inText = proseOf(text) > 0.3 || text.length > 300 ? 0.4 : 0.7;
  for (const url of urlsIn(text, 6)) {
    if (url.start !== whole?.start) yield* judgeUrl(url, context, inText, text);
  }
}

/** `url=localhost/admin`, `url=169.254.169.254/latest` */
function* bareHost(text: string, context: Context): Generator<Match> {
  const host = /^\s*(\[[\da-f:.]+\]|[\w.-]{3,120})(?::\d{1,5})?(\/|$)/i.exec(text);
  if (host?.[1] === undefined) return;
  const verdict = judgeHost(host[1]);
  if (verdict.kind === "public" || (verdict.odd && host[2] !== "/")) return;
  // `internal/logo.png` is a folder.
  if (verdict.kind === "internal" && !host[1].includes(".")) return;
  const score = hostScore(verdict, context, host[2] === "/" ? 0.9 : 0.7);
  if (score > 0)
    yield matchOf(
      "ssrf/internal-host",
      score,
      `${host[1]} is an address inside the server's own network.`,
      0,
      host[0].length,
    );
}

const BARE_URL = /^\s*[\w.-]{3,120}(?::\d{1,5})?\//;

function* bareUrl(text: string, context: Context): Generator<Match> {
  if (BARE_URL.test(text) && !/\s/.test(text.trim())) yield* bareHost(text, context);
}

function* judgeUrl(url: Url, context: Context, weight: number, text: string): Generator<Match> {
  const end = Math.min(text.length, url.end);
  if (SCHEMES.has(url.scheme)) {
    const inside = judgeHost(url.host).kind !== "public";
    const score = CONFIGURED.has(url.scheme)
      ? inside || (context.place === "query" && url.host.includes("."))
        ? 0.6
        : 0.45
      : 0.8;
    yield matchOf(
      "ssrf/scheme",
      score * (weight < 1 ? weight + 0.2 : 1),
      `${url.scheme}:// speaks to services that no web client has business with.`,
      url.start,
      end,
    );
  }
  if (
    url.host.length === 0 ||
    (url.scheme !== "" &&
      !/^(?:https?|ftps?|wss?|gopher|dict|tftp|ldaps?|sftp|file|jar|netdoc|feed)$/.test(url.scheme))
  )
    return;
  const verdict = judgeHost(url.host);
  const score = hostScore(verdict, context, weight);
  if (score > 0) {
    yield matchOf(
      RULES[verdict.kind],
      score,
      verdict.odd
        ? `${url.host} is an address spelt so that filters do not know it.`
        : `${url.host} is ${MEANINGS[verdict.kind]}.`,
      url.start,
      end,
    );
  }
  yield* judgeTricks(url, weight, end);
}

/** `http://shop.example%2f@other.example`: the URL is written plainly but for what would end its host. */
const ENCODED_END = /^https?:\/\/[^/?#%\s]{1,100}%(?:2f|5c|23|3f|40)[^/?#\s]{0,60}@[\w.-]{3,80}/i;
/** `http://\h\o\s\t`: what drops the backslashes calls the host. */
const BROKEN_HOST = /^\s{0,4}(?:https?|ftp):\/{2}(?:\\{1,2}[\w.]){3}/i;

function* hiddenHost(text: string, { raw, escaped }: Context): Generator<Match> {
  const plain = escaped ? raw : text;
  if (ENCODED_END.test(plain)) {
    yield matchOf(
      "ssrf/user-information",
      0.6,
      "The URL hides the end of its host from one reader, and calls another host for the next.",
      0,
      Math.min(text.length, 120),
    );
  }
  if (BROKEN_HOST.test(text)) {
    yield matchOf(
      "ssrf/odd-address",
      0.6,
      "The host's name is broken up by backslashes.",
      0,
      Math.min(text.length, 120),
    );
  }
}

/** `#@host`, ` &@host#`: some parsers end the host before it, others begin it there. */
const SECOND_HOST = /[\s\\&#?;][^@/]{0,60}?@([\w.:[\]-]{3,80})/g;

function secondHost(rest: string): string | undefined {
  if (!/^[\s\\&#?;]/.test(rest) || !rest.includes("@")) return undefined;
  for (const found of rest.slice(0, 200).matchAll(SECOND_HOST)) {
    const host = (found[1] ?? "").replace(/:\d+$/, "");
    if (judgeHost(host).kind !== "public") return host;
  }
  return undefined;
}

/** Parsers disagree about user information and backslashes; the host that is checked is not the host that is called. */
function* judgeTricks(url: Url, weight: number, end: number): Generator<Match> {
  const second = secondHost(url.rest);
  if (second !== undefined) {
    yield matchOf(
      "ssrf/user-information",
      0.7 * weight,
      `${url.host} looks like the host; what reads the rest otherwise calls ${second}.`,
      url.start,
      end,
    );
  }
  if (url.user.length === 0) return;
  const looksLikeHost = /\.[a-z]{2,}|\d\.\d{1,3}\.\d|:\d+$|[@#?\\]/i.test(url.user);
  if (!looksLikeHost || url.scheme === "" || url.user.includes("mailto")) return;
  yield matchOf(
    "ssrf/user-information",
    0.55 * weight,
    `${url.user}@ looks like the host, but ${url.host} is called.`,
    url.start,
    end,
  );
}

const RULES: Readonly<Record<HostVerdict["kind"], string>> = {
  public: "ssrf/odd-address",
  loopback: "ssrf/loopback",
  private: "ssrf/private-address",
  metadata: "ssrf/metadata",
  callback: "ssrf/callback-host",
  rebinding: "ssrf/rebinding",
  internal: "ssrf/internal-host",
};

const MEANINGS: Readonly<Record<HostVerdict["kind"], string>> = {
  public: "a public host",
  loopback: "the server itself",
  private: "an address inside the server's own network",
  metadata: "the cloud's metadata service, which hands out credentials",
  callback: "a host that records who calls it",
  rebinding: "a name that resolves to any address it spells",
  internal: "a name inside the server's own network",
};

function hostScore(verdict: HostVerdict, context: Context, weight: number): number {
  const { kind, odd } = verdict;
  if (kind === "metadata") return 0.9 * Math.max(weight, 0.7);
  if (kind === "callback") return 0.65 * Math.max(weight, 0.85);
  if (odd) return kind === "public" ? 0.5 * weight : 0.85 * weight;
  if (kind === "public") return 0;
  // Browsers on developers' machines and internal networks send such origins all day.
  if (context.place === "header" || context.place === "cookie") return 0.2 * weight;
  if (context.role === "redirect") return kind === "rebinding" ? 0.5 * weight : 0.3 * weight;
  // Settings, tickets and chats name the developer's own machine; a parameter for a URL names what to call.
  const wanted = context.role === "url" ? 0.1 : SPOKEN_PLACES.has(context.place) ? -0.15 : 0;
  if (kind === "rebinding") return 0.7 * weight;
  // Names of a cluster or of the machine a container runs on, which no page links to.
  if (kind === "internal") return ((verdict.inside === true ? 0.6 : 0.45) + wanted) * weight;
  return ((kind === "loopback" ? 0.6 : 0.5) + wanted) * weight;
}

const SPOKEN_PLACES: ReadonlySet<string> = new Set(["field", "body"]);

function matchOf(rule: string, score: number, reason: string, start: number, end: number): Match {
  return { rule, score, reason, start, end };
}
