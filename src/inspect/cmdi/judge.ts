/** How surely a command is meant to run: its name, where it stands, and what stands after it. */

import type { Context } from "../context.ts";
import { wordSet } from "../lexicon.ts";
import { hasOwnArguments } from "./forms.ts";
import { AMBIGUOUS, CERTAIN, LIKELY, SPOKEN, TELEMETRY, WRAPPERS } from "./lexicon.ts";
import type { Command } from "./shell.ts";
import { startsWithIfs } from "./shell.ts";

const DIRECTORY =
  /^(?:[a-z]:)?(?:(?:\.{1,2}\/)+|\/(?:usr\/)?(?:local\/)?s?bin\/|(?:\/[?*[\]a-z]{2,5})?\/[[\]]*[?*][?*[\]a-z]*\/|.*\\system32\\)$/;

export interface Judgement {
  readonly score: number;
  /** The name to show. */
  readonly name: string;
}

const NONE: Judgement = { score: 0, name: "" };

export function judgeCommand(text: string, command: Command, context: Context): Judgement {
  // A parameter that is called "cmd" is asked for a command by whoever sends one.
  const wanted = context.role === "command";
  const name = command.name.replace(/\.exe$/, "");
  const base = CERTAIN.has(name) ? 0.6 : LIKELY.has(name) ? 0.5 : SPOKEN.has(name) ? 0.3 : 0;
  if (command.wild && command.directory.length > 0) return judgeGlob(command);
  if (TELEMETRY.has(context.name.toLowerCase()) && command.place === "start") return NONE;
  const inDirectory = command.directory.length > 0 && DIRECTORY.test(command.directory) ? 0.2 : 0;
  if (command.directory.length > 0 && inDirectory === 0) return judgeSwitch(command);
  if (isOwnScript(text, command, context)) return { score: 0.6, name: command.directory + name };
  if (base === 0) return NONE;
  // "I'd say so": what a shell would read as a quote inside `id` is never closed.
  if (CONTRACTION.test(text.slice(command.start, command.start + 8))) return NONE;
  if (KEYWORDS.has(name) && !CONTROL.test(text.slice(command.nameEnd, command.nameEnd + 200))) return NONE;
  // `data:image/png;base64,…`
  if (name === "base64" && text.charCodeAt(command.nameEnd) === 44) return NONE;
  const rest = text.slice(command.nameEnd, command.end);
  // What people search for, and the pipes of log query languages.
  const piped = command.place === "|" && base < 0.4 && /^\s+-?[a-z_]\w*(?:\s|$)/i.test(rest);
  const asked = context.place === "header" && command.place === "start";
  const searched = context.role === "filter" && (asked || piped) ? 0.2 : 0;
  const own = hasOwnArguments(name, rest) && !(command.place === "start" && ABOUT.test(rest));
  const args = own ? 0.25 : judgeArguments(rest, text, command);
  const tricked = command.tricked ? (command.split ? 0.5 : 0.25) : 0;
  const leading =
    command.place !== "start" &&
    command.place !== "substitution" &&
    LEADING.test(text.slice(0, command.start));
  const closes = leading && CLOSES.test(text) ? 0.15 : 0;
  const begins = leading && BEGINS.test(text) && !followedByProse(args) ? 0.15 : 0;
  const quoted = command.place === "start" ? quotedWhole(text, name) : 0;
  const referer = context.name === "referer" && command.place === "start" && text.trim() === name ? 0.2 : 0;
  const agent = context.name === "user-agent" && command.place === "start" && isNoAgent(name, text) ? 0.3 : 0;
  const score =
    base +
    PLACES[command.place] +
    args +
    inDirectory +
    tricked +
    agent +
    quoted +
    referer +
    (wanted ? 0.15 : 0) +
    (leading ? 0.1 : 0) +
    begins +
    closes;
  // A verb at the start of a text is a verb.
  const spoken = base <= 0.3 && command.place === "start" && tricked + inDirectory === 0 && !wanted;
  const most = spoken ? mostOfSpoken(rest, own, context) : inText(own, command, context) ? 0.45 : 0.97;
  const plainWords = /^(?:\s+[a-z][a-z']{2,}){2,6}[\s.,!?]*$/.test(rest);
  const social =
    (plainWords || (args <= 0.1 && args > -0.2 && base <= 0.5)) && followsProse(text, command) ? 0.3 : 0;
  const query = command.place === "|" && LOG_QUERY.test(text) ? 0.3 : 0;
  return { score: Math.max(0, Math.min(most, score - social - searched - query)), name };
}

/** `;./a.sh`, `; . ./a.sh`: a script of the sender's own, run by its name. */
function isOwnScript(text: string, { place, directory, name, start }: Command, context: Context): boolean {
  if (place === "start" || place === "line" || !/^\.{1,2}\//.test(directory)) return false;
  if (!/\.(?:sh|py|pl|php|rb|elf|bin|out)$/.test(name)) return false;
  return !TEXT.has(context.place) || LEADING.test(text.slice(0, start));
}

function mostOfSpoken(rest: string, own: boolean, { place, role }: Context): number {
  if (FLAG.test(rest) && SYSTEM_PATH.test(rest)) return 0.6;
  return own && role !== "filter" && !TEXT.has(place) ? 0.55 : 0.4;
}

/** People tell each other what to call, and tasks are named after it. */
function inText(own: boolean, { place }: Command, context: Context): boolean {
  return own && place === "start" && context.role !== "command" && TEXT.has(context.place);
}

const TEXT: ReadonlySet<string> = new Set(["field", "body", "xml"]);

const CONTRACTION = /^i['’]d\s+[a-z]/i;

/** Words of the shell's grammar, which are everyday words first. */
const KEYWORDS = wordSet("if while until case for select then else do");
/** What a shell, or cmd.exe, goes on with after one: a test, a variable, a path, a list, the rest of the statement. */
const CONTROL =
  /^\s{0,8}(?:[[({!$"'`:;/\\%*-]|$)|^\s{1,8}(?:not|exist|defined|errorlevel|test|true|false|cat|curl|wget|sleep|id|whoami|ping|echo|ls|nc|sh|bash|exec|eval|set|\w{1,40}\s{1,4}(?:in|-\w+)\b)|[;\n]\s{0,8}(?:then|do|fi|done|esac)\b|==|[|<>&`]\s{0,4}\/|\$[({\w]/i;

/** Stages of log query languages (SPL, KQL, LogQL, CloudWatch), which are joined by bars as well. */
const LOG_QUERY =
  /\|\s{0,4}(?:stats|eval|timechart|top|table|fields|dedup|rex|where|summarize|project|extend|json|logfmt|line_format|search|chart|lookup|transaction|filter|parse|count|limit|take|render|bin|streamstats|eventstats)\s{1,4}[\w"'@-]/;

/** Commands that name themselves to servers, sometimes by nothing but their name. */
const CLIENTS = wordSet(
  "curl wget lynx aria2c axel lwp-request lwp-download php php7 php8 perl python python2 python3 nodejs lua powershell pwsh mongo nmap nikto sqlmap certutil bitsadmin yum dnf apk snap brew zypper pacman apt apt-get openssl git",
);

/** A command where a program's name and version belong. */
function isNoAgent(name: string, text: string): boolean {
  return CERTAIN.has(name) && !CLIENTS.has(name) && !text.includes("/");
}

/** Nothing but the end of an argument stands before the separator. */
const LEADING = /^\s{0,8}[\w.:-]{0,20}['")]{0,4}\s{0,4}[;|&]{1,2}\s{0,4}$/;

/** Nothing at all stands before the separator, which no list and no sentence begins with. */
const BEGINS = /^\s{0,8}(?:;|\|\||&&)/;

/** A quote is closed before the separator, and what comes after is made a comment or quoted again. */
const CLOSES = /^[^'"]{0,20}['"]\s{0,4}[;|&].{0,200}(?:\s#|['"])\s{0,4}$/;

/** The mark that `judgeArguments` gives three words and more. */
function followedByProse(args: number): boolean {
  return args <= -0.35;
}

/** `\\ls`, `'whoami'`: a name alone, written as nobody writes a word: the backslash goes around aliases. */
function quotedWhole(text: string, name: string): number {
  const word = text.trim();
  if (word === `\\${name}`) return 0.2;
  return CERTAIN.has(name) && (word === `'${name}'` || word === `"${name}"`) ? 0.1 : 0;
}

/** "Bookmark & History": words before the separator as after it. */
function followsProse(text: string, command: Command): boolean {
  if (command.place === "start" || command.place === "substitution") return false;
  const before = text.slice(Math.max(0, command.start - 60), command.start);
  return /^[a-z'&, ]*[;&|]\s+$/i.test(before) && /[a-z]{3}/i.test(before);
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
  if (/^\/(?:usr\/)?s?bin\/$/.test(command.directory))
    return { score: command.place === "start" ? 0.55 : 0.8, name: path };
  const letters = path.replace(/[^a-z]/g, "").length;
  const wild = path.length - path.replace(/[?*]/g, "").length;
  if (!path.startsWith("/") || wild < 2) return NONE;
  return { score: letters < 12 && command.place !== "start" ? 0.75 : wild > 3 ? 0.65 : 0.4, name: path };
}

/** Commands of Windows whose switches need no space before them: `ipconfig/all`. */
const SWITCHED = wordSet(
  "ipconfig systeminfo tasklist taskkill dir del erase rd rmdir xcopy attrib cmd net sc reg schtasks bcdedit bcdboot netstat getmac whoami shutdown cacls icacls certutil regsvr32 mountvol vssadmin wevtutil label cipher driverquery gpresult gpupdate logoff",
);

/** A shell of Windows reads the first part as the command and the rest as its switch. */
function judgeSwitch({ directory, name, place }: Command): Judgement {
  const first = directory.slice(0, -1).replace(/\.exe$/, "");
  if (
    !SWITCHED.has(first) ||
    !/^(?:[a-z?]|all|fi|fo|tn|tr|sc|ru|create|query|delete|enum|release|renew|displaydns|flushdns|svc|groups|priv|user)$/.test(
      name,
    )
  )
    return NONE;
  return { score: place === "start" ? 0.45 : 0.65, name: `${first}/${name}` };
}

const SYSTEM_PATH =
  /(?:^|[\s'"=<>(,}@])(?:~?\/|\$HOME\/)(?:etc|bin|sbin|usr|dev|proc|tmp|var|root|home|opt|sys|boot|mnt|lib|\?{2,}|\*)|\/dev\/(?:tcp|udp|null)|\.\.\/|(?:^|[\s"])[a-z]:(?:[\\/]|[\s|"]|$)|%[a-z]+%/i;
const FLAG = /(?:^|[\s,}"'])(?:--?[a-z\d][\w-]*|\/[a-z?]{1,2}(?=\s|$)|\+[a-z](?=\s|$))/i;
const NETWORK = /(?:https?|ftp|tcp):\/\/|\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|\b(?:localhost|127\.1)\b/i;

function judgeArguments(rest: string, text: string, command: Command): number {
  const args = rest.slice(0, 300);
  if (command.place === "substitution" && isQuotedName(text, command)) return -0.4;
  const plain = args.replace(/[)}"'`\s]{1,40}$/, "");
  if (startsWithIfs(text, command.nameEnd)) return 0.3;
  if (plain.trim().length === 0 && isTopic(text, command.name)) return -0.6;
  if (feedsProgram(text, command.end)) return 0.25;
  if (plain.trim().length === 0) {
    if (!isEnclosed(text, command) && isListed(text, command)) return -0.3;
    return command.place === "start" || isAnd(text, command) ? -0.1 : 0.1;
  }
  // A word before a closing tag stands in markup: nothing is redirected.
  if (/^\s*<\/[a-z]/i.test(args)) return -0.4;
  if (/^\s*[<>]/.test(args) || /(?:\s|\d)>{1,2}\s*[&/\w.]|<<<|\d>&\d/.test(args)) return 0.25;
  if (SYSTEM_PATH.test(args) || /\$[({\w@*]|`/.test(args)) return 0.25;
  if (command.place === "start" && (ABOUT.test(args) || SENTENCE.test(args))) return -0.35;
  if (FLAG.test(args) && words(args) < 12) return 0.2;
  if (NETWORK.test(args) && !SPOKEN.has(command.name)) return 0.2;
  if (/^,/.test(args))
    return text.charCodeAt(command.start - 1) === 123 && /^,[^}]{0,80}[-/.$\d'"]/.test(args) ? 0.2 : -0.4;
  if (!/^[\s"']/.test(args)) return -0.3;
  const count = words(plain);
  if (count >= 3) return -0.35;
  if (
    /^\s*["']?[\w.@-]+\.(?:sh|py|pl|php|rb|txt|exe|bat|cmd|ps1|vbs|dll|conf|cfg|log|ini|toml|ya?ml|csv|js|db|sql|jar|zip|tar|t?gz|bz2|7z|deb|rpm|xml|json|pem|key|crt|service)\b/i.test(
      args,
    )
  )
    return 0.15;
  if (/^\s+(?:\*|\.|\/|\\|["'])/.test(args))
    return command.place === "start" && /^\s+["']/.test(args) ? 0 : 0.1;
  if (/^\s+\d+$/.test(plain)) return command.place === "start" ? -0.1 : 0.1;
  return command.place === "start"
    ? -0.25
    : CERTAIN.has(command.name) || ABBREVIATED.test(command.name)
      ? -0.05
      : -0.2;
}

/** "chmod 755 vs 644", "tar -x explained": a text about the command. */
const ABOUT = /\s(?:vs\.?|versus|means?|meaning|explained|example|tutorial)(?:\s|$)/i;
/** "ls -la shows hidden files": options, and a sentence after them. */
const SENTENCE = /^(?:\s{1,4}-{1,2}[\w-]{1,20}){1,3}(?:\s{1,4}[a-z]{2,}){3,}[\s.?!]*$/i;

/** Backquotes also quote names: `users`.`id` in MySQL, and code in the middle of a Markdown sentence. */
function isQuotedName(text: string, command: Command): boolean {
  if (text.charCodeAt(command.start - 1) !== 96) return false;
  const close = text.indexOf("`", command.start);
  if (close < 0) return false;
  const before = text.slice(Math.max(0, command.start - 40), command.start - 1);
  const after = text.slice(close + 1, close + 40);
  if (before.endsWith("`.") || after.startsWith(".`") || before.endsWith("``") || before.endsWith("`"))
    return true;
  const spoken =
    (/[a-z]{2}[,:]? $/i.test(before) && (/^[ ,.;:?!)\n]/.test(after) || after === "")) ||
    ((before === "" || LIST_MARK.test(before)) && /^ [a-z]+ [a-z]+/i.test(after));
  const words = `${before} ${after}`.trim().split(/\s+/).length;
  if (spoken && words > 1) return true;
  return text.slice(0, LISTED).split("`", 6).length > 4;
}

/** An item of a Markdown list or a task list begins. */
const LIST_MARK = /(?:^|\n)\s{0,8}(?:[-*+]|\d{1,3}\.)\s(?:\[[ x]\]\s)?$/;

/** Two or three letters that are no word. */
const ABBREVIATED = /^(?:ls|ps|df|du|nc|sh|net|grep|wc|cmd|chmod|rm|cp|mv|env)$/;

/** A list shows within this many characters. */
const LISTED = 600;

/** `… | sh`, `… | nc host`: the output goes into another program. */
function feedsProgram(text: string, end: number): boolean {
  if (text.charCodeAt(end) !== 124 || text.charCodeAt(end + 1) === 124) return false;
  const next =
    /^\|\s{0,4}([a-z][\w.-]{0,20})(?:\s|$)/i.exec(text.slice(end, end + 32))?.[1]?.toLowerCase() ?? "";
  return FED.has(next);
}

const FED = wordSet(
  "sh bash zsh ksh dash ash nc ncat netcat xargs base64 tee curl wget python python3 perl php ruby openssl grep",
);

function words(text: string): number {
  return text.trim().split(/\s+/).length;
}

/** `a;id;`: next to nothing before the command, and the end of the text right after it. */
function isEnclosed(text: string, { start, end }: Command): boolean {
  return (
    /^[\w'")-]{0,2}[;|&]{1,2}$/.test(text.slice(0, Math.max(0, start)).trim()) &&
    /^[;|&]\s{0,4}$/.test(text.slice(end))
  );
}

/** "80 % & more", "half price & up": an everyday word after an ampersand that stands for "and". */
function isAnd(text: string, { place, name, start }: Command): boolean {
  if (place !== "&" || !SPOKEN.has(name)) return false;
  const before = text.slice(0, start);
  return /[a-z%)]\s&\s$/i.test(before.slice(-4)) && !LEADING.test(before);
}

/** A cell of a table or an item of a list: "| id | name |", "id|name|date". */
function isListed(text: string, command: Command): boolean {
  if (command.place === "start") return false;
  const separator =
    command.place === "|" ? "|" : command.place === ";" ? ";" : command.place === "&" ? "&" : "\n";
  // "labels;links": two words.
  if (AMBIGUOUS.has(command.name) && /^[a-z_]{2,}$/i.test(text.slice(0, text.indexOf(separator)).trim()))
    return true;
  const list = listOf(text, separator);
  if (list === "table") return true;
  return list === "plain" && !CERTAIN.has(command.name);
}

/**
 * "linux; bash", "SQL | Python | Excel": people list the programs they know. What does nothing without an argument
 * is a topic where words stand beside it.
 */
function isTopic(text: string, name: string): boolean {
  return TOPICS.has(name) && WORD_LIST.test(text);
}

const WORD_LIST =
  /^\s{0,4}[a-z][\w.+#]{1,24}(?: [\w.+#]{1,24}){0,2}(?:\s{0,4}[;|&]\s{0,4}[a-z][\w.+#]{1,24}(?: [\w.+#]{1,24}){0,2}){1,16}\s{0,4}[;|]?\s{0,4}$/i;

const TOPICS =
  wordSet(`python python2 python3 perl php ruby lua bash zsh ksh csh tcsh fish sh powershell pwsh node nodejs
  vi vim nvim nano emacs curl wget sed awk gawk gcc openssl ssh rsync psql mongo mysqldump tmux ansible terraform
  sqlmap nmap wireshark tshark tcpdump nikto socat netcat chmod crontab systemctl xargs perl5 mongodump redis-cli
  ffmpeg git docker kubectl wordpress artisan`);

type List = "none" | "plain" | "table";

/** The last answer: a text of many commands asks the same again and again. */
let asked: { readonly text: string; readonly separator: string; readonly list: List } | undefined;

function listOf(text: string, separator: string): List {
  if (asked?.text === text && asked.separator === separator) return asked.list;
  const list = readList(text.slice(0, LISTED).split(separator), separator);
  asked = { text, separator, list };
  return list;
}

function readList(parts: readonly string[], separator: string): List {
  const first = parts[0]?.trim() ?? "";
  if (parts.length < 3 && !(separator === "|" && parts.length === 2 && /^[a-z_]{3,}$/i.test(first)))
    return "none";
  // The rows of a Markdown table begin and end with the bar.
  if (separator === "|" && parts.length > 3 && first === "" && parts[parts.length - 1]?.trim() === "")
    return "table";
  const filled = parts.filter((part) => part.trim().length > 0);
  const plain = filled.every((part) => /^[\s\w.-]*$/.test(part) && !/\d\.\d/.test(part));
  return plain && first !== "" ? "plain" : "none";
}

/** The command that a wrapper runs: `sudo id`, `xargs rm`. */
export function wrapped(command: Command): boolean {
  return WRAPPERS.has(command.name);
}
