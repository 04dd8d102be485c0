/** How surely a command is meant to run: its name, where it stands, and what stands after it. */

import { CERTAIN, LIKELY, SPOKEN, WRAPPERS } from "./lexicon.ts";
import type { Command } from "./shell.ts";
import { startsWithIfs } from "./shell.ts";

const DIRECTORY =
  /^(?:[a-z]:)?(?:(?:\.{1,2}\/)+|\/(?:usr\/)?(?:local\/)?s?bin\/|(?:\/[?*[\]a-z]{2,5})?\/[?*[\]]*[?*][?*[\]a-z]*\/|.*\\system32\\)$/;

export interface Judgement {
  readonly score: number;
  /** The name to show. */
  readonly name: string;
}

const NONE: Judgement = { score: 0, name: "" };

export function judgeCommand(text: string, command: Command, wanted: boolean): Judgement {
  const name = command.name.replace(/\.exe$/, "");
  const base = CERTAIN.has(name) ? 0.6 : LIKELY.has(name) ? 0.5 : SPOKEN.has(name) ? 0.3 : 0;
  if (command.wild && command.directory.length > 0) return judgeGlob(command);
  if (base === 0) return NONE;
  // `data:image/png;base64,…`
  if (name === "base64" && text.charCodeAt(command.nameEnd) === 44) return NONE;
  const rest = text.slice(command.nameEnd, command.end);
  const args = judgeArguments(rest, text, command);
  const inDirectory = command.directory.length > 0 && DIRECTORY.test(command.directory) ? 0.2 : 0;
  if (command.directory.length > 0 && inDirectory === 0) return NONE;
  const tricked = command.tricked ? 0.25 : 0;
  const score = base + PLACES[command.place] + args + inDirectory + tricked + (wanted ? 0.15 : 0);
  // A verb at the start of a text is a verb.
  const spoken = base <= 0.3 && command.place === "start" && tricked + inDirectory === 0 && !wanted;
  const most = spoken ? (FLAG.test(rest) && SYSTEM_PATH.test(rest) ? 0.6 : 0.4) : 0.97;
  const social = args <= 0.1 && args > -0.2 && base <= 0.5 && followsProse(text, command) ? 0.3 : 0;
  return { score: Math.max(0, Math.min(most, score - social)), name };
}

/** "Bookmark & History": words before the separator as after it. */
function followsProse(text: string, command: Command): boolean {
  if (command.place === "start" || command.place === "substitution") return false;
  return /^[a-z' ]*[a-z]{3,}[a-z', ]*[;&|]\s+$/i.test(
    text.slice(Math.max(0, command.start - 60), command.start),
  );
}

const PLACES: Readonly<Record<Command["place"], number>> = {
  start: -0.05,
  ";": 0.15,
  "|": 0.1,
  "&": 0.15,
  line: 0.05,
  substitution: 0.2,
  wrapped: 0.1,
};

/** `/???/c?t` names a program without writing it. */
function judgeGlob(command: Command): Judgement {
  const path = command.directory + command.name;
  const letters = path.replace(/[^a-z]/g, "").length;
  const wild = path.length - path.replace(/[?*]/g, "").length;
  if (!path.startsWith("/") || wild < 2) return NONE;
  return { score: letters < 12 && command.place !== "start" ? 0.75 : wild > 3 ? 0.65 : 0.4, name: path };
}

const SYSTEM_PATH =
  /(?:^|[\s'"=<>(,}@])(?:~?\/|\$HOME\/)(?:etc|bin|sbin|usr|dev|proc|tmp|var|root|home|opt|sys|boot|mnt|lib|\?{2,}|\*)|\/dev\/(?:tcp|udp|null)|\.\.\/|(?:^|[\s"])[a-z]:(?:[\\/]|[\s|"]|$)|%[a-z]+%/i;
const FLAG = /(?:^|[\s,}"'])(?:--?[a-z][\w-]*|\/[a-z?]{1,2}(?=\s|$)|\+[a-z](?=\s|$))/i;
const NETWORK = /(?:https?|ftp|tcp):\/\/|\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|\b(?:localhost|127\.1)\b/i;

function judgeArguments(rest: string, text: string, command: Command): number {
  const args = rest.slice(0, 300);
  if (command.place === "substitution" && isQuotedName(text, command)) return -0.4;
  const plain = args.replace(/[)}"'`\s]+$/, "");
  if (startsWithIfs(text, command.nameEnd)) return 0.3;
  if (plain.trim().length === 0) {
    const list = isListed(text, command);
    return list ? -0.3 : command.place === "start" ? -0.1 : 0.1;
  }
  if (/^\s*[<>]/.test(args) || /(?:\s|\d)>{1,2}\s*[&/\w.]|<<<|\d>&\d/.test(args)) return 0.25;
  if (SYSTEM_PATH.test(args) || /\$[({\w@*]|`/.test(args)) return 0.25;
  if (FLAG.test(args) && words(args) < 12) return 0.2;
  if (NETWORK.test(args) && !SPOKEN.has(command.name)) return 0.2;
  if (/^,/.test(args)) return 0.2;
  if (!/^[\s"']/.test(args)) return -0.3;
  const count = words(plain);
  if (count >= 3) return -0.35;
  if (
    /^\s*["']?[\w.@-]+\.(?:sh|py|pl|php|txt|exe|bat|ps1|conf|log|ini|js|db|sql|jar|zip|gz|xml|json)\b/i.test(
      args,
    )
  )
    return 0.15;
  if (/^\s+(?:\*|\.|\/|\\|\d+|["'])/.test(args)) return 0.1;
  return CERTAIN.has(command.name) ? -0.05 : -0.2;
}

/** Backquotes also quote names: `users`.`id` in MySQL, `id` in Markdown that has more of them. */
function isQuotedName(text: string, command: Command): boolean {
  if (text.charCodeAt(command.start - 1) !== 96 || text.charCodeAt(command.nameEnd) !== 96) return false;
  if (text.charCodeAt(command.start - 2) === 46 || text.charCodeAt(command.nameEnd + 1) === 46) return true;
  return text.slice(0, LISTED).split("`", 6).length > 4;
}

/** A list shows within this many characters. */
const LISTED = 600;

function words(text: string): number {
  return text.trim().split(/\s+/).length;
}

/** A cell of a table or an item of a list: "| id | name |", "id|name|date". */
function isListed(text: string, command: Command): boolean {
  if (command.place === "start") return false;
  const separator =
    command.place === "|" ? "|" : command.place === ";" ? ";" : command.place === "&" ? "&" : "\n";
  const parts = text.slice(0, LISTED).split(separator);
  if (
    parts.length < 3 &&
    !(separator === "|" && parts.length === 2 && /^[a-z_]{3,}$/i.test(parts[0]?.trim() ?? ""))
  )
    return false;
  const plain = parts.filter(
    (part) => /^[\s\w.-]*$/.test(part) && part.trim().length > 0 && !/\d+\.\d+/.test(part),
  );
  return (
    plain.length === parts.filter((part) => part.trim().length > 0).length &&
    parts[0]?.trim() !== "" &&
    !CERTAIN.has(command.name)
  );
}

/** The command that a wrapper runs: `sudo id`, `xargs rm`. */
export function wrapped(command: Command): boolean {
  return WRAPPERS.has(command.name);
}
