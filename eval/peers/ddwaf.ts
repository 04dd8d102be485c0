/**
 * libddwaf (`@datadog/native-appsec`) with two rules of ours, its built-in operators for SQL injection and cross-site
 * scripting over every part of the request: in effect what libinjection finds.
 */
import { createRequire } from "node:module";
import type { ApiEvent } from "../../src/event.ts";
import { type Peer, type PeerVerdict, requestOfEvent } from "./peer.ts";

type Library = typeof import("@datadog/native-appsec");

/** Microseconds that one run may take. */
const LONGEST = 1_000_000;
const ADDRESSES = [
  "server.request.uri.raw",
  "server.request.query",
  "server.request.body",
  "server.request.cookies",
  "server.request.headers.no_cookies",
];

/** @returns undefined where the package has no binary for this machine */
export function createDdwaf(): Peer | undefined {
  let library: Library;
  try {
    library = createRequire(import.meta.url)("@datadog/native-appsec") as Library;
  } catch {
    console.log("@datadog/native-appsec does not load here: libddwaf is skipped.");
    return undefined;
  }
  const waf = new library.DDWAF(
    {
      version: "2.2",
      metadata: { rules_version: "1" },
      rules: [rule("sql_injection", "is_sqli"), rule("xss", "is_xss")],
    },
    "rules",
  );
  const inspect = (event: ApiEvent): PeerVerdict => {
    const persistent = addressesOf(event);
    const before = process.cpuUsage();
    const context = waf.createContext();
    const { status } = context.run({ persistent }, LONGEST);
    context.dispose();
    const { user, system } = process.cpuUsage(before);
    return { flagged: status === "match", micros: user + system };
  };
  return {
    name: `libddwaf ${library.DDWAF.version()}, built-in operators`,
    inspect: (events) => events.map(inspect),
  };
}

function rule(type: string, operator: string): object {
  const inputs = ADDRESSES.map((address) => ({ address }));
  return {
    id: type,
    name: type,
    tags: { type, category: "attack_attempt" },
    conditions: [{ operator, parameters: { inputs } }],
    transformers: ["removeNulls"],
  };
}

function addressesOf(event: ApiEvent): Record<string, unknown> {
  const { target, headers, body } = requestOfEvent(event);
  const query = event["url.query"] ?? "";
  const plain = headers.filter(([name]) => name !== "cookie");
  return {
    "server.request.uri.raw": target,
    "server.request.query": Object.fromEntries(new URLSearchParams(query)),
    "server.request.cookies": pairsOf(event["http.request.headers"]?.cookie ?? "", ";"),
    "server.request.headers.no_cookies": Object.fromEntries(plain),
    "server.request.body": bodyOf(event, body),
  };
}

function bodyOf(event: ApiEvent, text: string): unknown {
  const type = event["http.request.headers"]?.["content-type"] ?? "";
  if (typeof event["http.request.body"] === "object") return event["http.request.body"];
  if (/^\s*[{[]/.test(text)) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  }
  return type.includes("urlencoded") || type === "" ? Object.fromEntries(new URLSearchParams(text)) : text;
}

function pairsOf(text: string, separator: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(separator)
      .map((pair) => pair.trim().split(/=(.*)/s))
      .map(([name = "", value = ""]) => [name, value]),
  );
}
