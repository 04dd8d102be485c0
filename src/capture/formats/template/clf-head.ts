/**
 * What stands before the time in relatives of the common log format: a virtual host, the hops the request came
 * by, ident and user, each of which may be missing.
 */
import type { ApiEvent } from "../../../event.ts";
import { bareAddress, isAddress, isPlainAddress, isPublicAddress } from "../fields/address.ts";
import { setForwardedList } from "../fields/client.ts";
import { durationMs } from "../fields/duration.ts";
import { setServer } from "../fields/request.ts";

/** Tokens before a time; more of them is prose. */
const MOST_TOKENS = 40;
const TOKEN = /"([^"]*)"|[^\s"]+/g;
const NAME = /^(?:[\w-]+\.)*[\w-]+(?::\d+)?$|^unix:\S*$/;

/** One place in the head: a list of hops, or something that stands alone. */
interface Group {
  readonly parts: readonly string[];
  readonly isList: boolean;
}

/** @returns false when the head is not one of such a log */
export function readClfHead(event: ApiEvent, head: string): boolean {
  if (head.length > 2048) return false;
  if (readUsualHead(event, head)) return true;
  const tokens = head.match(TOKEN) ?? [];
  if (tokens.length > MOST_TOKENS) return false;
  const groups = groupsOf(tokens);
  takeUser(event, groups);
  return readHosts(event, groups);
}

/** `203.0.113.9 - -` and `203.0.113.9 - alice`: nearly every line, told without taking it apart. */
function readUsualHead(event: ApiEvent, head: string): boolean {
  const dash = head.indexOf(" - ");
  if (dash < 7 || head.includes(" ", dash + 3)) return false;
  const address = head.slice(0, dash);
  if (!isPlainAddress(address)) return false;
  const user = head.slice(dash + 3);
  event["client.address"] = address;
  if (user !== "-" && user !== '""') event["user.id"] = user;
  return true;
}

/** Joins "a, b, c" into one group; a quoted token is a group of its own. */
function groupsOf(tokens: readonly string[]): Group[] {
  const groups: Group[] = [];
  let open: string[] = [];
  for (const token of tokens) {
    const quoted = token.startsWith('"');
    const text = quoted ? token.slice(1, -1) : token;
    open.push(
      ...text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    );
    if (!quoted && text.endsWith(",")) continue;
    if (open.length > 0) groups.push({ parts: open, isList: open.length > 1 || (quoted && text !== "-") });
    open = [];
  }
  return groups;
}

/** Takes ident and user off the end: two groups, a dash and a user with spaces, or a dash, an id and a dash. */
function takeUser(event: ApiEvent, groups: Group[]): void {
  let dash = groups.findIndex((group, i) => i > 0 && group.parts[0] === "-" && !group.isList);
  if (dash < 0)
    dash = groups.length >= 3 && groups.slice(-2).every(isName) ? groups.length - 2 : groups.length;
  const [, ...rest] = groups.splice(dash).map((group) => group.parts.join(", "));
  const isId = rest.length === 2 && rest[1] === "-";
  const name = isId ? "-" : rest.join(" ");
  if (isId && rest[0] !== "-") event["event.id"] = rest[0];
  if (name !== "" && name !== "-" && name !== '""') event["user.id"] = name;
}

/** Neither an address nor a time: what a user may be called. */
function isName(group: Group): boolean {
  const [text = ""] = group.parts;
  return !group.isList && !isAddress(text) && Number.isNaN(durationMs(text, 1));
}

function readHosts(event: ApiEvent, groups: readonly Group[]): boolean {
  const hosts = groups.filter((group) => {
    const ms = group.isList ? Number.NaN : durationMs(group.parts[0] ?? "", 1000);
    if (Number.isNaN(ms) || isAddress(group.parts[0] ?? "")) return true;
    event.duration_ms = ms;
    return false;
  });
  if (hosts.some((group) => !group.parts.every((part) => isAddress(part) || NAME.test(part)))) return false;
  const last = hosts.at(-1);
  const before = hosts.at(-2);
  if (last === undefined) return groups.length > 0;
  if (before !== undefined && isChain(before, last, hosts.length)) {
    event["network.peer.address"] = bareAddress(last.parts[0] ?? "");
    setForwardedList(event, before.parts.join(", "));
  } else {
    setForwardedList(event, last.parts.join(", "));
  }
  const vhost = hosts[hosts.length - (event["network.peer.address"] === undefined ? 2 : 3)];
  if (vhost !== undefined && vhost.parts[0] !== "_") setServer(event, vhost.parts[0] ?? "");
  return hosts.length <= 3;
}

/** True when the group before the last is the forwarding chain and the last the peer that sent it. */
function isChain(before: Group, last: Group, count: number): boolean {
  if (last.isList) return false;
  if (before.isList || count === 3) return true;
  const [client = ""] = before.parts;
  const [sender = ""] = last.parts;
  return isAddress(sender) && isPublicAddress(client) && !isPublicAddress(bareAddress(sender));
}
