/** Constructions that only shells have, whatever command they belong to. */
import type { Match, Reading } from "../detector.ts";
import { findSigns, type Sign } from "../signs.ts";
import { NOUNS, VERBS } from "./lexicon.ts";

export const CMDI_SIGNS: readonly Sign[] = [
  {
    rule: "cmdi/dev-tcp",
    text: "/dev/tcp/",
    score: 0.85,
    reason: "bash opens a network connection through /dev/tcp, as reverse shells do.",
  },
  {
    rule: "cmdi/dev-tcp",
    text: "/dev/udp/",
    score: 0.85,
    reason: "bash opens a network connection through /dev/udp, as reverse shells do.",
  },
  { rule: "cmdi/shell-path", text: "/bin/sh", score: 0.55, reason: "The value names a shell by its path." },
  { rule: "cmdi/shell-path", text: "/bin/bash", score: 0.55, reason: "The value names a shell by its path." },
  { rule: "cmdi/shell-path", text: "/bin/cat", score: 0.6, reason: "The value names a program by its path." },
  {
    rule: "cmdi/shell-path",
    text: "/usr/bin/id",
    score: 0.6,
    reason: "The value names a program by its path.",
  },
  {
    rule: "cmdi/shell-path",
    text: "cmd.exe",
    score: 0.5,
    reason: "The value names the Windows command interpreter.",
  },
  {
    rule: "cmdi/ifs",
    text: "${ifs",
    score: 0.75,
    reason: "${IFS} stands for a space where spaces are filtered.",
  },
  {
    rule: "cmdi/ifs",
    text: "$ifs",
    score: 0.75,
    reason: "$IFS stands for a space where spaces are filtered.",
  },
  {
    rule: "cmdi/ssi",
    text: "<!--#exec",
    score: 0.9,
    reason: "A server-side include runs the command it names.",
  },
  {
    rule: "cmdi/ssi",
    text: "<!--#include",
    score: 0.7,
    reason: "A server-side include puts another file into the page.",
  },
  {
    rule: "cmdi/fork-bomb",
    text: ":(){",
    score: 0.85,
    reason: "A shell function that calls itself until the machine gives up.",
  },
  {
    rule: "cmdi/fork-bomb",
    text: "(){ :|:",
    score: 0.85,
    reason: "A shell function that calls itself until the machine gives up.",
  },
  {
    rule: "cmdi/comspec",
    text: "%comspec%",
    score: 0.7,
    reason: "%COMSPEC% is the Windows command interpreter.",
  },
  {
    rule: "cmdi/variable-slice",
    text: "${path:",
    score: 0.7,
    reason: "A slice of a variable spells a character that is filtered.",
  },
  {
    rule: "cmdi/variable-slice",
    text: "${home:",
    score: 0.7,
    reason: "A slice of a variable spells a character that is filtered.",
  },
  {
    rule: "cmdi/variable-slice",
    text: "${pwd:",
    score: 0.7,
    reason: "A slice of a variable spells a character that is filtered.",
  },
  {
    rule: "cmdi/variable-slice",
    text: "${hostname:",
    score: 0.6,
    reason: "A slice of a variable spells a character that is filtered.",
  },
  {
    rule: "cmdi/encoded-command",
    text: "-encodedcommand",
    score: 0.75,
    reason: "PowerShell runs a command given as base64.",
  },
  {
    rule: "cmdi/encoded-command",
    text: "frombase64string",
    score: 0.6,
    reason: "PowerShell or .NET decodes a hidden payload.",
  },
];

export function* findShellSigns(reading: Reading): Generator<Match> {
  yield* findSigns(reading, CMDI_SIGNS);
  yield* findShellshock(reading.text);
  yield* findCmdlets(reading.lower);
  yield* findBatch(reading.lower);
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
    !/^\(\)\s*\{\s*(?::|\w+)?\s*;\s*\}\s*;/.test(text.slice(at, at + 60))
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
    yield {
      rule: "cmdi/powershell",
      score: (strong ? 0.5 : 0.35) + (used ? 0.25 : alone ? 0.1 : 0),
      reason: `${lower.slice(start, end)} is a PowerShell command.`,
      start,
      end,
    };
    return;
  }
}

/** Control flow of cmd.exe: `for /f … in (…) do`, `if exist …`. */
function* findBatch(lower: string): Generator<Match> {
  const loop = /\bfor\s{1,20}(?:\/[dflr]\s{1,20}[^%]{0,80})?%{1,2}[^\s%]{1,20}\s{1,20}in\s{0,20}\(/.exec(
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
  const branch =
    /\bif\s{1,20}(?:\/i\s{1,20})?(?:not\s{1,20})?(?:exist\s{1,20}[a-z]:|defined\s{1,20}\w{1,40}\s{1,20}\S|errorlevel\s{1,20}\d|"?%[^\s%]{1,30}%|\S{1,40}\s{1,20}(?:equ|neq|lss|leq|gtr|geq)\s{1,20}\S|[^\s=]{1,40}\s{0,20}==\s{0,20}\S{1,40}\s{1,20}(?:echo|cmd|set|goto|call|@))/.exec(
      lower,
    );
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

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}
