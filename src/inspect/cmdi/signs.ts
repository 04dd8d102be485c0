/** Constructions that only shells have, whatever command they belong to. */
import type { Match, Reading } from "../detector.ts";
import { findSigns, type Sign, signs } from "../signs.ts";
import { NOUNS, VERBS } from "./lexicon.ts";

export const CMDI_SIGNS: readonly Sign[] = [
  ...signs("cmdi/dev-tcp", "bash opens a network connection through /dev, as reverse shells do.", {
    "/dev/tcp/": 0.85,
    "/dev/udp/": 0.85,
  }),
  ...signs("cmdi/shell-path", "The value names a program by its path.", {
    "/bin/sh": 0.55,
    "/bin/bash": 0.55,
    "/bin/cat": 0.6,
    "/usr/bin/id": 0.6,
    "cmd.exe": 0.5,
  }),
  ...signs("cmdi/ifs", "The variable IFS stands for a space where spaces are filtered.", {
    $ifs: 0.75,
    "$\u007bifs": 0.75,
  }),
  ...signs("cmdi/ssi", "A server-side include runs a command or puts a file into the page.", {
    "<!--#exec": 0.9,
    "<!--#include": 0.7,
  }),
  ...signs("cmdi/fork-bomb", "A shell function that calls itself until the machine gives up.", {
    ":(){": 0.85,
    "(){ :|:": 0.85,
  }),
  ...signs("cmdi/shell-variable", "The shell itself is called by the variable that names it.", {
    "$shell -": 0.75,
    "$\u007bshell}": 0.7,
    "$0 -c": 0.65,
  }),
  ...signs("cmdi/comspec", "%COMSPEC% is the Windows command interpreter.", { "%comspec%": 0.7 }),
  ...signs("cmdi/variable-slice", "A slice of a variable spells a character that is filtered.", {
    "$\u007bpath:": 0.7,
    "$\u007bhome:": 0.7,
    "$\u007bpwd:": 0.7,
    "$\u007bhostname:": 0.6,
    "$\u007bcdpath": 0.6,
    "$\u007bdirstack": 0.6,
    "$\u007boldpwd": 0.55,
    "$\u007bostype": 0.55,
  }),
  ...signs("cmdi/encoded-command", "PowerShell or .NET decodes a command that is hidden in base64.", {
    "-encodedcommand": 0.75,
    frombase64string: 0.6,
  }),
];

/** `f(){ f|f& };f` under any name. */
const FORK_BOMB = /(?:^|[\s;])([\w.:]{1,20})\s{0,4}\(\)\s{0,4}\{\s{0,4}\1\s{0,4}(?:\(\))?\s{0,4}[|&]/;

export function* findShellSigns(reading: Reading): Generator<Match> {
  yield* findSigns(reading, CMDI_SIGNS);
  yield* findShellshock(reading.text);
  yield* findCmdlets(reading.lower);
  yield* findBatch(reading.lower);
  const bomb = FORK_BOMB.exec(reading.lower);
  if (bomb !== null) {
    yield {
      rule: "cmdi/fork-bomb",
      score: 0.75,
      reason: "A shell function that calls itself until the machine gives up.",
      start: bomb.index,
      end: bomb.index + bomb[0].length,
    };
  }
}

/** CVE-2014-6271: a function definition in a variable, with commands after it. */
function* findShellshock(text: string): Generator<Match> {
  const at = text.indexOf("()");
  if (at < 0) return;
  const head = text.slice(at, at + 24).replace(/[\s:]+/g, "");
  if (
    !head.startsWith("(){;}") &&
    !head.startsWith("(){_;}") &&
    !head.startsWith("(){:;}") &&
    !/^\(\)\s*\{\s*(?:(?::|\w+)\s*)?;\s*\}\s*;/.test(text.slice(at, at + 60))
  )
    return;
  yield {
    rule: "cmdi/shellshock",
    score: 0.95,
    reason: "A bash function definition with commands after it (CVE-2014-6271).",
    start: at,
    end: Math.min(text.length, at + 80),
  };
}

/** Verb-Noun of PowerShell. */
function* findCmdlets(lower: string): Generator<Match> {
  let at = lower.indexOf("-");
  for (let tried = 0; at > 0 && tried < 40; tried++, at = lower.indexOf("-", at + 1)) {
    let start = at;
    while (start > 0 && at - start < 14 && isLetter(lower.charCodeAt(start - 1))) start--;
    let end = at + 1;
    while (end - at < 26 && isLetter(lower.charCodeAt(end))) end++;
    const noun = lower.slice(at + 1, end);
    if (!VERBS.has(lower.slice(start, at)) || !NOUNS.has(noun)) continue;
    const strong =
      /^(?:invoke|new|start|out|iex)$/.test(lower.slice(start, at)) ||
      noun === "webrequest" ||
      noun === "expression";
    const used = /^\s+(?:[-$"'([{\\/.]|[a-z]:)|^\s*[|;)]/.test(lower.slice(end, end + 8));
    const alone = start === 0 && end === lower.length;
    const first = /(?:^|[;|&({\n])\s{0,4}$/.test(lower.slice(Math.max(0, start - 8), start));
    const telling = first && isCompound(noun) ? 0.15 : alone ? 0.1 : 0;
    yield {
      rule: "cmdi/powershell",
      score: (strong ? 0.5 : 0.35) + (used ? 0.25 : telling),
      reason: `${lower.slice(start, end)} is a PowerShell command.`,
      start,
      end,
    };
    return;
  }
}

/** What stands after a condition of cmd.exe. */
const BRANCHED =
  "(?:[@(]|(?:echo|cmd|set|goto|call|del|erase|copy|move|start|exit|pause|type|dir|cls|rem|shift|md|rd|ren|cd|pushd|popd|mkdir|rmdir|for|net|ping|powershell|taskkill|timeout|shutdown)\\b)";
/** `if` with the tests of cmd.exe; comparing with `==` alone needs a command of its own after it. */
const BRANCH = new RegExp(
  `\\bif\\s{1,20}(?:/i\\s{1,20})?(?:not\\s{1,20})?(?:${[
    `exist\\s{1,20}(?:[a-z]:|"[^"]{1,80}"\\s{1,20}${BRANCHED}|\\S{1,60}\\s{1,20}${BRANCHED})`,
    "defined\\s{1,20}\\w{1,40}\\s{1,20}\\S",
    "(?:errorlevel|cmdextversion)\\s{1,20}\\d",
    '"?%[^\\s%]{1,30}%',
    '(?:\\S{1,40}|"[^"]{1,40}")\\s{1,20}(?:equ|neq|lss|leq|gtr|geq)\\s{1,20}\\S',
    `(?:[^\\s=]{1,40}|"[^"]{0,40}")\\s{0,20}==\\s{0,20}(?:"[^"]{0,40}"|\\S{1,40})\\s{1,20}${BRANCHED}`,
  ].join("|")})`,
);

/** Control flow of cmd.exe: `for /f … in (…) do`, `if exist …`. */
function* findBatch(lower: string): Generator<Match> {
  const loop = /\bfor\s{1,20}(?:\/[dflr]\s{1,20}[^\n]{0,80}?)?%{1,2}[^\s%]{0,20}\s{1,20}in\s{0,20}\(/.exec(
    lower,
  );
  if (loop !== null) {
    yield {
      rule: "cmdi/batch",
      score: 0.75,
      reason: "A loop of the Windows command interpreter.",
      start: loop.index,
      end: loop.index + loop[0].length,
    };
  }
  const branch = BRANCH.exec(lower);
  if (branch !== null) {
    yield {
      rule: "cmdi/batch",
      score: 0.65,
      reason: "A condition of the Windows command interpreter.",
      start: branch.index,
      end: branch.index + branch[0].length,
    };
  }
}

/** Nouns put together of several words, which nothing else has: ChildItem, WmiObject. */
export function isCompound(noun: string): boolean {
  return noun.length > 9 || /^(?:ps|wmi|cim|ad|net|smb|mp|win|local)[a-z]{3}|item$|object$|user$/.test(noun);
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}
