/**
 * Where a shell would begin a command, and which: after separators, in substitutions, at the start. Names are read
 * the way the shell reads them, so quotes, backslashes, carets, empty variables and one-letter globs inside a name
 * (`c'a't`, `c\at`, `c^at`, `c$@at`, `[c]at`) do not hide it.
 */
export type Place = "start" | ";" | "|" | "&" | "line" | "substitution" | "wrapped";

export interface Command {
  readonly place: Place;
  /** Lower case, without directory, quotes and tricks. */
  readonly name: string;
  /** With a directory before it: /usr/bin/id. */
  readonly directory: string;
  /** Something was taken out of the middle of the name. */
  readonly tricked: boolean;
  /** What was taken out was an empty string, which nobody writes into a word but to break it. */
  readonly split: boolean;
  /** `?` or `*` stand for letters of the name. */
  readonly wild: boolean;
  readonly start: number;
  readonly nameEnd: number;
  /** Up to the next separator. */
  readonly end: number;
}

/** A script of more commands has long been seen for what it is. */
const MOST = 64;
/** Longer words name no command, however much of them a shell drops. */
const LONGEST_NAME = 64;
const LONGEST_WORD = 200;
/** White space and brackets before a command. */
const LONGEST_LEAD = 80;
/** Arguments are looked at this far. */
const LONGEST_ARGUMENTS = 400;

export function readCommands(text: string): readonly Command[] {
  const commands: Command[] = [];
  let tried = 0;
  const add = (from: number, place: Place): void => {
    if (tried++ > MOST) return;
    const command = readCommand(text, from, place);
    if (command !== undefined) commands.push(command);
  };
  add(0, "start");
  let ticks = 0;
  for (let at = 0; at < text.length && tried <= MOST; at++) {
    const code = text.charCodeAt(at);
    switch (code) {
      case 59:
        if (!endsEntity(text, at)) add(at + 1, ";");
        break;
      case 124:
        if (text.charCodeAt(at + 1) !== 124) add(at + 1, "|");
        break;
      case 38:
        if (text.charCodeAt(at + 1) !== 38 && text.charCodeAt(at - 1) !== 62) add(at + 1, "&");
        break;
      case 10:
      case 13:
        if (text.charCodeAt(at + 1) !== 10) add(at + 1, "line");
        break;
      case 96:
        if (ticks++ % 2 === 0) add(at + 1, "substitution");
        break;
      case 40:
        if (isSubstitution(text.charCodeAt(at - 1))) add(at + 1, "substitution");
        break;
      case 123:
        if (isBraceList(text, at + 1)) add(at + 1, "substitution");
        break;
    }
  }
  return commands;
}

/** `&amp;` */
function endsEntity(text: string, semicolon: number): boolean {
  let at = semicolon - 1;
  while (semicolon - at < 9 && /[\w#]/.test(text.charAt(at))) at--;
  return semicolon - at > 1 && text.charCodeAt(at) === 38;
}

/** `$(…)`, `<(…)`, `>(…)` */
function isSubstitution(before: number): boolean {
  return before === 36 || before === 60 || before === 62;
}

/** `{cat,/etc/passwd}`: a brace list without spaces is a command with its arguments. */
function isBraceList(text: string, from: number): boolean {
  for (let at = from; at < text.length && at - from < 200; at++) {
    const code = text.charCodeAt(at);
    if (code === 44) return at > from && /[\w/.]/.test(text.charAt(from));
    if (code <= 32 || code === 125 || code === 58 || code === 34 || code === 123) return false;
  }
  return false;
}

function readCommand(text: string, from: number, place: Place): Command | undefined {
  let start = from;
  while (start < text.length && start - from < LONGEST_LEAD && isSkipped(text, start)) start++;
  const word = readWord(text, start);
  // An unknown variable is nothing, and the next word is the command.
  if (word.name.length === 0 && word.end > start && text.charCodeAt(word.end) === 32 && from < word.end) {
    return readCommand(text, word.end + 1, place);
  }
  if (word.name.length === 0) return undefined;
  const slash = word.name.lastIndexOf("/");
  const assigned = /^[a-z_]\w*\+?=/.test(word.name);
  // `?a=b&c=d e`: the parameters of a URL.
  if (assigned && place === "&" && text.charCodeAt(from - 2) !== 38) return undefined;
  if (assigned && text.charCodeAt(word.end) === 32) return readCommand(text, word.end + 1, place);
  return {
    place,
    name: word.name.slice(slash + 1),
    directory: slash < 0 ? "" : word.name.slice(0, slash + 1),
    tricked: word.tricked,
    split: word.tricked && SPLIT.test(text.slice(start, word.end)),
    wild: word.wild,
    start,
    nameEnd: word.end,
    end: commandEnd(text, word.end, place === "substitution" && text.charCodeAt(from - 1) === 40),
  };
}

const SPLIT = /[a-z](?:''|""|``|\$[@*!])+[a-z]/i;

/** White space, and what a shell lets stand before a command: `! `, `( `, `{ `, `\`, redirected quotes. */
function isSkipped(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code <= 32 || code === 64) return true;
  return (code === 33 || code === 40 || code === 123) && (text.charCodeAt(at + 1) <= 32 || code === 40);
}

interface Word {
  readonly name: string;
  readonly end: number;
  readonly tricked: boolean;
  readonly wild: boolean;
}

function readWord(text: string, from: number): Word {
  let name = "";
  let tricked = false;
  let wild = false;
  let at = from;
  while (at < text.length && name.length < LONGEST_NAME && at - from < LONGEST_WORD) {
    const skipped = trickLength(text, at);
    if (skipped > 0) {
      if (name.length > 0) tricked = true;
      at += skipped;
      continue;
    }
    const code = text.charCodeAt(at);
    if (endsWord(code) || startsWithIfs(text, at)) break;
    if (code === 91 && text.charCodeAt(at + 2) === 93) {
      tricked = true;
      name += text.charAt(at + 1);
      at += 3;
      continue;
    }
    if (code === 63 || code === 42) wild = true;
    name += text.charAt(at);
    at++;
  }
  // A closing quote or an unknown variable after the name hides nothing.
  return { name: name.toLowerCase(), end: at, tricked: tricked && !isTail(text, from, at, name), wild };
}

/** Whether all that was taken out stood around the name. */
function isTail(text: string, from: number, to: number, name: string): boolean {
  return text.slice(from, to).includes(name);
}

/** Length of something inside a word that the shell makes nothing of. */
function trickLength(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 39 || code === 34 || code === 92 || code === 94) return 1;
  if (code === 96 && text.charCodeAt(at + 1) === 96) return 2;
  if (code === 60 && text.startsWith("()", at + 1)) return 3;
  if (code !== 36 || startsWithIfs(text, at)) return 0;
  const next = text.charCodeAt(at + 1);
  if (next === 40 && text.charCodeAt(at + 2) === 41) return 3;
  if (next === 123) {
    const close = text.indexOf("}", at);
    return close > 0 && close - at < 24 ? close - at + 1 : 0;
  }
  if (next === 64 || next === 42 || next === 63 || next === 33 || next === 36 || next === 39 || next === 34)
    return next === 39 || next === 34 ? 1 : 2;
  if (next >= 48 && next <= 57) return 2;
  let end = at + 1;
  while (end - at < 24 && /\w/.test(text.charAt(end))) end++;
  return end - at > 1 ? end - at : 0;
}

export function startsWithIfs(text: string, at: number): boolean {
  return text.startsWith("$IFS", at) || text.startsWith("${IFS", at);
}

function endsWord(code: number): boolean {
  if (code <= 32 || code === 0xa0) return true;
  return (
    code === 59 ||
    code === 124 ||
    code === 38 ||
    code === 60 ||
    code === 62 ||
    code === 40 ||
    code === 41 ||
    code === 44 ||
    code === 96 ||
    code === 123 ||
    code === 125 ||
    code === 37
  );
}

function commandEnd(text: string, from: number, bracketed: boolean): number {
  const limit = Math.min(text.length, from + LONGEST_ARGUMENTS);
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 59 || code === 124 || code === 10 || code === 13 || code === 96) return at;
    if (bracketed && code === 41) return at;
    if (code === 38 && text.charCodeAt(at - 1) !== 62) return at;
  }
  return limit;
}
