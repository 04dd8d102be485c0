/**
 * Apache `LogFormat` strings (https://httpd.apache.org/docs/2.4/mod/mod_log_config.html) as templates, and
 * Tomcat's AccessLogValve patterns, which speak nearly the same language.
 */
import { VedetteError } from "../../../errors.ts";
import { skip } from "./kinds.ts";
import type { Template, Variable } from "./template.ts";
import * as value from "./variables.ts";

const DIRECTIVES: Readonly<Record<string, Variable>> = {
  h: value.client,
  a: value.client,
  A: skip,
  l: skip,
  u: value.user,
  r: value.requestLine,
  s: value.status,
  b: value.responseBytes,
  B: value.responseBytes,
  O: value.responseBytes,
  I: value.requestBytes,
  D: value.microseconds,
  T: value.seconds,
  v: value.host,
  V: value.host,
  p: value.port,
  m: value.method,
  U: value.path,
  q: value.query,
  H: value.protocol,
  L: value.requestId,
};
/** Tomcat counts %D and %F in milliseconds, and has a session id (AccessLogValve javadoc). */
const TOMCAT: Readonly<Record<string, Variable>> = {
  ...DIRECTIVES,
  D: value.milliseconds,
  F: skip,
  S: value.session,
  I: skip,
  L: skip,
};
const UNITS: Readonly<Record<string, Variable>> = {
  s: value.seconds,
  ms: value.milliseconds,
  us: value.microseconds,
};
const WORDS: Readonly<Record<string, string>> = {
  common: '%h %l %u %t "%r" %s %b',
  combined: '%h %l %u %t "%r" %s %b "%{Referer}i" "%{User-Agent}i"',
};
/** `%`, statuses it is limited to, `<` or `>`, an argument in braces, and a letter (or `^ti`, `^to`). */
const DIRECTIVE = /%(?:!?\d{3}(?:,\d{3})*)?[<>]?(?:\{([^}]*)\})?(\^t[io]|[A-Za-z%])/g;

/** Stands for a path and its query as one value; no server variable begins with a colon. */
const TARGET = ":target";

export type ApacheDialect = "apache" | "tomcat";

/** @throws VedetteError FORMAT_STRING_INVALID when two directives touch, or there is none */
export function compileApacheLogFormat(pattern: string, dialect: ApacheDialect = "apache"): Template {
  const text = joinTimes(joinTargets(unquoteDirective(pattern)));
  const parts: (string | Variable)[] = [];
  const addLiteral = (literal: string): void => {
    const last = parts.length - 1;
    const before = parts[last];
    if (literal === "") return;
    if (typeof before === "string") parts[last] = before + literal;
    else parts.push(literal);
  };
  let at = 0;
  for (const found of text.matchAll(DIRECTIVE)) {
    addLiteral(text.slice(at, found.index));
    at = found.index + found[0].length;
    const [, argument, letter = ""] = found;
    if (letter === "%") {
      addLiteral("%");
      continue;
    }
    const inBrackets = letter === "t" && argument === undefined;
    if (inBrackets) addLiteral("[");
    const before = parts.at(-1);
    if (before !== undefined && typeof before !== "string") {
      throw new VedetteError(
        "FORMAT_STRING_INVALID",
        `Two directives touch before ${found[0]}, so nothing tells where one ends.`,
        pattern,
      );
    }
    parts.push(directive(letter, argument, dialect));
    if (inBrackets) addLiteral("]");
  }
  addLiteral(text.slice(at));
  if (parts.every((part) => typeof part === "string")) {
    throw new VedetteError("FORMAT_STRING_INVALID", "The LogFormat has no %directive in it.", pattern);
  }
  return parts;
}

function directive(letter: string, argument: string | undefined, dialect: ApacheDialect): Variable {
  if (argument === undefined) {
    if (letter === "t") return value.clfTime;
    return (dialect === "tomcat" ? TOMCAT : DIRECTIVES)[letter] ?? value.skipText;
  }
  if (letter === "i") return value.requestHeader(argument);
  if (letter === "o") return value.responseHeader(argument);
  if (letter === "C" || letter === "c")
    return letter === "c" && argument.length < 2 ? skip : value.cookie(argument);
  if (letter === "T") return UNITS[argument] ?? value.seconds;
  if (letter === "t") return timeVariable(argument);
  if (letter === "a" || letter === "h") return argument === "c" ? value.peer : value.client;
  if (letter === "p") return argument === "canonical" ? value.port : skip;
  if (letter === "x" && argument === TARGET) return value.target;
  if (letter === "e" && argument === "UNIQUE_ID") return value.requestId;
  return value.skipText;
}

/** `%{…}t`: strftime, or one of Apache's words for parts of the epoch. */
function timeVariable(argument: string): Variable {
  const format = argument.replace(/^(?:begin|end):/, "");
  if (/^(?:msec|usec)_frac$/.test(format)) return skip;
  return value.anyTime(format.split(" ").length - 1 + (/%c/.test(format) ? 4 : 0));
}

/** A path followed by its query is one target. */
function joinTargets(text: string): string {
  return text.replaceAll("%U%q", `%{${TARGET}}x`);
}

/** One time written in pieces (`%{%d/%b/%Y:%T}t.%{msec_frac}t %{%z}t`) is one time. */
function joinTimes(text: string): string {
  return text.replace(
    /%\{([^}]*)\}t([.,]| )%\{(msec_frac|usec_frac|%z)\}t(?: %\{(%z)\}t)?/g,
    (_all, format, between, part, zone) => {
      const fraction = part === "%z" ? `${between}%z` : between;
      return `%{${format}${fraction}${zone === undefined ? "" : " %z"}}t`;
    },
  );
}

/** The format inside `LogFormat "…" name`, with `\"` undone; Tomcat's and Apache's words for usual formats. */
function unquoteDirective(pattern: string): string {
  const trimmed = pattern.trim();
  const directiveValue = /^(?:LogFormat|CustomLog\s+\S+)\s+"((?:[^"\\]|\\.)*)"/i.exec(trimmed)?.[1];
  const bare = directiveValue ?? (/^"(?:[^"\\]|\\.)*"$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed);
  return WORDS[bare] ?? bare.replace(/\\(["\\])/g, "$1").replaceAll("\\t", "\t");
}
