/** What a shell makes commands of besides commands: aliases, variables, brace lists, client escapes, batch labels. */
import type { Match, Reading } from "../detector.ts";
import { CERTAIN, LIKELY } from "./lexicon.ts";

interface Trick {
  readonly rule: string;
  readonly score: number;
  readonly reason: string;
  /** Without this the pattern cannot match. */
  readonly needs: string;
  readonly pattern: RegExp;
}

const TRICKS: readonly Trick[] = [
  {
    rule: "cmdi/alias",
    score: 0.6,
    reason: "A shell alias gives a command another name.",
    needs: "alias",
    pattern: /(?:^|[;&|\n`(]\s{0,8})alias\s{1,8}(?:[-+]\S{1,8}\s{1,8}){0,3}["']?[\w.,:!-]{1,30}=\S/,
  },
  {
    rule: "cmdi/variable-command",
    score: 0.65,
    reason: "A variable is set and used as a command or its argument.",
    needs: "$",
    pattern: /(?:^|[;&|\s])([a-z_]\w{0,20})=[^\s;&|$]{1,60}\s{0,4}(?:;|&&?|\n)[^$\n]{0,60}\$\{?\1\b/,
  },
  {
    rule: "cmdi/client-escape",
    score: 0.65,
    reason: "A database client or an editor is told to run a command.",
    needs: ".",
    pattern: /(?:^|[;\n]|\\n)\s{0,4}\.\s{0,2}["'\\]{0,2}(?:shell|system|sh)["'\\]{0,2}\s{1,4}\S/,
  },
  {
    rule: "cmdi/client-escape",
    score: 0.65,
    reason: "A database client or an editor is told to run a command.",
    needs: "\\!",
    pattern: /(?:^|[;\n'"]\s{0,4})\\!\s{0,4}[a-z/]/,
  },
  {
    rule: "cmdi/directory-stack",
    score: 0.5,
    reason: "A shell would put a directory that it remembers in place of this (bash manual, 3.5.2).",
    needs: "~",
    pattern: /^~[-+]\d{0,3}$/,
  },
  {
    rule: "cmdi/history",
    score: 0.5,
    reason: "A shell would run an earlier command again (bash manual, 9.3).",
    needs: "!",
    pattern: /^\s{0,4}(?:!-\d{1,3}|!\?[\w/ -]{1,30}\??|!!:[\w*^$-]{1,8})(?:\s{1,4}!-?\d{1,3}){0,3}\s{0,4}$/,
  },
  {
    rule: "cmdi/branch",
    score: 0.6,
    reason: "A branch or a loop of a shell.",
    needs: ";",
    pattern:
      /(?:^|[;&|\n]\s{0,4})(?:case\s{1,4}\S{1,40}\s{1,4}in\s[^)]{1,40}\)|if\s{1,4}\[{1,2}\s[^\]]{1,80}\]{1,2}\s{0,4};\s{0,4}then\b|(?:while|until)\s{1,4}[^;]{1,60};\s{0,4}do\s|for\s{1,4}\w{1,20}\s{1,4}in\s[^;]{1,80};\s{0,4}do\s)/,
  },
  {
    rule: "cmdi/substitution",
    score: 0.65,
    reason: "A shell would read a file into this place.",
    needs: "$(<",
    pattern: /\$\(<\s{0,4}[\w./~$-]/,
  },
  {
    rule: "cmdi/escaped-string",
    score: 0.6,
    reason: "A shell's string spells its characters in hexadecimal or octal.",
    needs: "$'",
    pattern: /\$'(?:[\w/ .-]{0,20}\\(?:x[\da-f]{1,2}|[0-7]{2,3}|u[\da-f]{4})){1,40}/,
  },
  {
    rule: "cmdi/variable-slice",
    score: 0.65,
    reason: "A part of a variable of Windows spells what is filtered.",
    needs: "%",
    pattern: /%[a-z_()]{2,30}:(?:~-?\d{1,3}|[^%\s=]{0,20}=)[^%\s]{0,10}%/,
  },
  {
    rule: "cmdi/arithmetic",
    score: 0.55,
    reason: "A shell would calculate this and put the result in its place.",
    needs: "$((",
    pattern: /\$\(\(\s{0,4}(?:\$\(\)|[-+~!(]|\s){0,6}\d/,
  },
  {
    rule: "cmdi/process-substitution",
    score: 0.6,
    reason: "An empty process substitution splits a word that a filter looks for.",
    needs: "()",
    pattern: /[a-z][<>]\(\)[a-z]/,
  },
  {
    rule: "cmdi/powershell",
    score: 0.65,
    reason: "PowerShell calls a static member of a .NET class.",
    needs: "]::",
    pattern:
      /\[(?:(?:system|microsoft|management|net|io|text|reflection|convert|environment|scriptblock|ref|activator|runtime|diagnostics|security)[\w.]{0,60}|array|string|char|int|byte|guid|math)\]::\(?["']?[a-z]/,
  },
  {
    rule: "cmdi/powershell",
    score: 0.65,
    reason: "PowerShell builds a command out of letters of its own variables.",
    needs: "[",
    pattern:
      /\$(?:pshome|env:\w{1,20}|verbosepreference(?:\.tostring\(\))?|shellid|executioncontext)\s{0,4}\[\s{0,2}-?\d{1,2}/,
  },
  {
    rule: "cmdi/new-line",
    score: 0.6,
    reason: "An escaped line break begins a command.",
    needs: "\\",
    pattern:
      /^[\w"' -]{0,12}\\[nr](?:\/(?:usr\/)?s?bin\/[a-z]|(?:id|ls|ps|pwd|cat|dir|ping|sleep|wget|curl|uname|whoami|ifconfig|ipconfig|netstat|nslookup|bash|sh|nc|echo)(?:[\s;|&\\`]|$))/,
  },
  {
    rule: "cmdi/batch",
    score: 0.6,
    reason: "A condition of the Windows command interpreter.",
    needs: "%",
    pattern: /\bif\s{1,8}(?:not\s{1,8})?"?%{1,2}[\w~*]{1,20}%?"?\s{0,4}==\s{0,4}\S/,
  },
  {
    rule: "cmdi/separator",
    score: 0.65,
    reason: "A shell of Windows would run a program of the system's folder.",
    needs: "%",
    pattern:
      /[;|&]\s{0,4}["']?%(?:windir|systemroot|programfiles|programdata|temp|tmp|appdata|userprofile|public)%\\\w/,
  },
  {
    rule: "cmdi/function-definition",
    score: 0.6,
    reason: "The value begins as an exported bash function does (CVE-2014-6271).",
    needs: "()",
    pattern: /^\(\)\s{0,4}\{/,
  },
];

/** `${PATH%%:*}`, `${HOME:0:1}`, `${PWD//a/b}`: a part of a shell's variable (bash manual, 3.5.3). */
const EXPANSION =
  /\$\{[!#]?[A-Z_][A-Z\d_]{1,30}(?:#{1,2}|%{1,2}|\/{1,2}|:-?\d|:\$|\^{1,2}|,{1,2}|@[QEPAKa])[^\s}]{0,60}\}/;
/** Scripts and settings that use them are longer. */
const LONGEST_EXPANSION = 160;

function* findExpansions(text: string): Generator<Match> {
  if (text.length > LONGEST_EXPANSION || !text.includes("${")) return;
  const found = EXPANSION.exec(text);
  if (found === null) return;
  yield {
    rule: "cmdi/variable-slice",
    score: 0.6,
    reason: "A part of a variable spells what is filtered.",
    start: found.index,
    end: found.index + found[0].length,
  };
}

export function* findTricks({ text, lower }: Reading): Generator<Match> {
  yield* findExpansions(text);
  for (const { rule, score, reason, needs, pattern } of TRICKS) {
    const found = lower.includes(needs) ? pattern.exec(lower) : null;
    if (found === null) continue;
    yield { rule, score, reason, start: found.index, end: Math.min(text.length, found.index + 80) };
  }
  yield* findBraceLists(lower);
}

/** `un{ame,-a}`, `{,uname}`: one brace list, with what touches it. */
const BRACES = /([\w/.-]{0,20})\{([^{}\s]{1,60})\}([\w/.-]{0,20})/g;
const MOST_LISTS = 8;
const MOST_ITEMS = 8;

/** Brace lists that a shell would expand to a command (bash manual, 3.5.1). */
function* findBraceLists(lower: string): Generator<Match> {
  if (!lower.includes(",") || !lower.includes("{")) return;
  let seen = 0;
  for (const found of lower.matchAll(BRACES)) {
    if (seen++ >= MOST_LISTS) return;
    const [whole, before = "", list = "", after = ""] = found;
    const items = list.replace(/[$"'\\]/g, "").split(",", MOST_ITEMS);
    // `user{id,name}` and `{id,name}` are selections of GraphQL.
    const torn = before.length + after.length > 0 || items.includes("");
    if (items.length < 2 || !torn) continue;
    const command = items
      .map((item) => `${before}${item}${after}`)
      .find((word) => word.length > 1 && (CERTAIN.has(word) || LIKELY.has(word)));
    if (command === undefined) continue;
    yield {
      rule: "cmdi/brace-list",
      score: 0.6,
      reason: `A shell would make the command ${command} of this list.`,
      start: found.index,
      end: found.index + whole.length,
    };
    return;
  }
}
