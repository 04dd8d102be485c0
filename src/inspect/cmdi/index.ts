/** OS command injection: the value is read as a shell would, sh and cmd.exe and PowerShell. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH, type Reading } from "../detector.ts";
import * as shape from "../gate/shape.ts";
import { proseOf } from "../prose.ts";
import { isQuotedCode } from "../quoted-code.ts";
import { judgeCommand, wrapped } from "./judge.ts";
import { CERTAIN } from "./lexicon.ts";
import { findOptions } from "./options.ts";
import { findPaths } from "./paths.ts";
import { type Command, readCommands } from "./shell.ts";
import { findShellSigns } from "./signs.ts";
import { findTricks } from "./tricks.ts";

export const cmdi: Detector = {
  class: "cmdi",
  id: "cmdi",
  title: "OS command injection",
  meaning: "The value ends the argument it was put into and goes on as a command of the server's shell.",
  cwe: ["CWE-78", "CWE-77", "CWE-88"],
  patterns: ["CAPEC-88", "CAPEC-248", "T1059.004", "T1059.003", "T1059.001", "T1190"],
  owasp: ["API8:2023"],
  falsePositives: ["Commands in documentation, chat and code fields", "Tables and lists separated by | or ;"],
  wants: (bits, { place, role, name }) =>
    role === "command" ||
    name === "user-agent" ||
    (bits & (shape.SHELL_WORD | shape.BACKTICK)) !== 0 ||
    ((bits & shape.DOLLAR) !== 0 &&
      (bits & (shape.PAREN | shape.BRACE | shape.SLASH | shape.SEMI | shape.PIPE)) !== 0) ||
    (bits & (shape.FILE_WORD | shape.CODE_WORD | shape.MARK)) !== 0 ||
    (bits & shape.BRACE) !== 0 ||
    ((bits & shape.SLASH) !== 0 &&
      (bits & (shape.QUOTES | shape.BACKSLASH | shape.BRACKET | shape.OPERATOR)) !== 0) ||
    ((bits & shape.OPERATOR) !== 0 && (bits & (shape.PAREN | shape.SEMI | shape.AMP)) !== 0) ||
    (place !== "path" && (bits & shape.PATH_WORD) !== 0),
  find(reading, context) {
    let best: Match | undefined;
    const consider = (match: Match) => {
      if (match.score > (best?.score ?? 0)) best = match;
    };
    for (const match of findCommands(reading, context)) consider(match);
    for (const match of findShellSigns(reading)) consider(match);
    for (const match of findTricks(reading)) consider(match);
    for (const match of findOptions(reading)) consider(match);
    for (const match of findPaths(reading, context)) consider(match);
    if (best === undefined) return NO_MATCH;
    const score = soften(best, reading, context);
    return score < 0.1 ? NO_MATCH : [{ ...best, score }];
  },
};

function* findCommands({ text }: Reading, context: Context): Generator<Match> {
  const commands = readCommands(text);
  const agent = context.name === "user-agent" && COMMENT.test(text);
  for (const command of commands) {
    // A path begins with a name of its own: only what follows a separator is a command.
    if (command.place === "start" && (context.place === "path" || context.place === "segment")) continue;
    // A user agent's comment is a list of words: `(X11; Touch)`.
    if (agent && /^[;)/]/.test(text.slice(command.nameEnd).trimStart())) continue;
    const judged = judge(text, command, context);
    if (judged.score === 0) continue;
    yield {
      rule: command.tricked ? "cmdi/hidden-command" : RULES[command.place],
      score: judged.score,
      reason:
        command.place === "start"
          ? `The value is a call of the command ${judged.name}.`
          : `A shell would run ${judged.name} as a command of its own.`,
      start: command.place === "start" ? 0 : Math.max(0, command.start - 2),
      end: command.end,
    };
  }
}

/** The bracket of a user agent's comment, which is none of a substitution. */
const COMMENT = /(?:^|[^$<>(])\(/;

const RULES: Readonly<Record<Command["place"], string>> = {
  start: "cmdi/command",
  ";": "cmdi/separator",
  "|": "cmdi/pipe",
  "&": "cmdi/separator",
  line: "cmdi/new-line",
  substitution: "cmdi/substitution",
  wrapped: "cmdi/command",
};

function judge(text: string, command: Command, context: Context): { score: number; name: string } {
  const judged = judgeCommand(text, command, context);
  const lines = command.place === "line" && IN_TEXT.has(context.place) ? 0.2 : 0;
  if (command.place === "substitution" && IN_TEXT.has(context.place) && inInlineCode(text, command.start)) {
    return { ...judged, score: judged.score * 0.5 };
  }
  if (!wrapped(command)) return { ...judged, score: Math.max(0, judged.score - lines) };
  const inner = readCommands(text.slice(command.nameEnd, command.end))[0];
  if (inner === undefined) return judged;
  const rest = text.slice(command.nameEnd, command.end);
  const deeper = judgeCommand(rest, { ...inner, place: command.place }, context);
  // "watch cat videos", "nice cat": wrappers that are words too say less.
  const more = CERTAIN.has(command.name) && context.role !== "filter" ? 0.2 : 0.1;
  const both = deeper.score === 0 ? deeper : { ...deeper, score: Math.min(0.97, deeper.score + more) };
  return both.score > judged.score ? { ...both, score: Math.max(0, both.score - lines) } : judged;
}

/** "Run `make $(pwd)` first": code between backquotes inside a sentence, as Markdown shows it. */
function inInlineCode(text: string, at: number): boolean {
  const open = text.lastIndexOf("`", at);
  if (open < 1 || text.indexOf("`", at) < 0) return false;
  return open < at - 1 && /[a-z]{2}[,:]?\s$/i.test(text.slice(Math.max(0, open - 12), open));
}

/** Where lines are lines of text. */
const IN_TEXT: ReadonlySet<string> = new Set(["body", "field", "xml"]);

/** Verdicts that sentences can bring about. */
const SPOKEN_RULES = new Set([
  "cmdi/command",
  "cmdi/separator",
  "cmdi/pipe",
  "cmdi/new-line",
  "cmdi/substitution",
  "cmdi/shell-path",
  "cmdi/powershell",
]);

/** People write about commands; they do it in sentences. */
function soften({ rule, score }: Match, reading: Reading, context: Context): number {
  if (context.role === "code" || isQuotedCode(reading.text, context)) return score * 0.5;
  // A password is hashed, not run, and made of any characters; what it would run must be more than a letter or two.
  if (context.role === "secret" && !/\s/.test(reading.text) && !/[a-z]{4}/i.test(reading.text))
    return score * 0.5;
  // Manifests name the shell that a container starts with.
  if (rule === "cmdi/shell-path" && IN_TEXT.has(context.place) && reading.text.split("\n", 4).length > 3)
    return score * 0.6;
  // `;` is punctuation in a user agent.
  const agent =
    context.name === "user-agent" && rule === "cmdi/separator" && COMMENT.test(reading.text) ? 0.35 : 0;
  if (!SPOKEN_RULES.has(rule) || reading.text.length < 30) return score - agent;
  const prose = proseOf(reading.text);
  return (prose > 0.25 ? score * (1 - prose * 0.6) : score) - agent;
}
