/** Senders of every kind at once: what they were told was taken is known, and what they were not told comes again. */
import { appendFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { AUTHORISED, sendEvents } from "./server-process.ts";

/** Events of a request. Paths say who sent them: "/KIND/REQUEST/EVENT". */
export const BATCH = 40;
/** Second number of the address of an attacker that is alone on its service. */
const APART = "18";
const TIME = Date.UTC(2026, 2, 3);

export interface Load {
  /** Where to send, from now on; undefined while there is nobody. */
  url: string | undefined;
  /** "KIND/REQUEST" of what was acknowledged. */
  readonly acknowledged: ReadonlySet<string>;
  /** Lines that were written to the file. */
  readonly fileLines: number;
  /** Injections from an address of their own, which is in `attackers` once they are acknowledged. */
  attack(): void;
  readonly attackers: readonly string[];
  /** Of these, those with a service of their own. */
  readonly loners: readonly string[];
  /** Stops at once. */
  abandon(): void;
  /** Sends what was never acknowledged until it is, and nothing new. */
  finish(): Promise<void>;
}

export interface LoadOptions {
  /** A file that grows, and the port of syslog over TCP. */
  readonly file: string;
  readonly syslogPort: number;
}

type Kind = "keyed" | "named" | "otlp" | "attack";

export function startLoad({ file, syslogPort }: LoadOptions): Load {
  const acknowledged = new Set<string>();
  const attackers: string[] = [];
  const attacks: number[] = [];
  let attacked = 0;
  let finishing = false;
  let abandoned = false;
  let fileLines = 0;
  let syslogLines = 0;
  let socket: Socket | undefined;
  const load = { url: undefined as string | undefined };

  async function keep(kind: Kind, next: () => number | undefined): Promise<void> {
    for (;;) {
      const request = next();
      if (request === undefined) {
        if (finishing) return;
        await sleep(20);
        continue;
      }
      while (!(await tryOnce(kind, request))) {
        if (abandoned) return;
        await sleep(20);
      }
      acknowledged.add(`${kind}/${request}`);
      if (kind === "attack") attackers.push(addressOf(request));
    }
  }

  async function tryOnce(kind: Kind, request: number): Promise<boolean> {
    const { url } = load;
    if (url === undefined) return false;
    try {
      const answer = await post(kind, url, request);
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }

  function count(): () => number | undefined {
    let request = 0;
    return () => (finishing ? undefined : request++);
  }

  const timer = setInterval(() => {
    if (finishing) return;
    appendFileSync(file, Array.from({ length: 5 }, () => `${line(`/file/0/${fileLines++}`)}\n`).join(""));
    if (load.url === undefined) return;
    if (socket === undefined || socket.destroyed) {
      socket = connect(syslogPort, "127.0.0.1").on("error", () => socket?.destroy());
    }
    socket.write(`<190>Mar  3 10:00:00 web1 nginx: ${line(`/syslog/0/${syslogLines++}`)}\n`);
  }, 10);
  const senders = [
    keep("keyed", count()),
    keep("named", count()),
    keep("otlp", count()),
    keep("attack", () => attacks.shift()),
  ];

  function end(): void {
    finishing = true;
    clearInterval(timer);
    socket?.end();
  }

  return {
    get url() {
      return load.url;
    },
    set url(url) {
      load.url = url;
    },
    acknowledged,
    attackers,
    get fileLines() {
      return fileLines;
    },
    attack: () => void attacks.push(attacked++),
    get loners() {
      return attackers.filter((address) => address.startsWith(`198.${APART}.`));
    },
    abandon() {
      abandoned = true;
      end();
    },
    async finish() {
      end();
      await Promise.all(senders);
    },
  };
}

function post(kind: Kind, url: string, request: number): Promise<Response> {
  const paths = Array.from({ length: BATCH }, (_, i) => `/${kind}/${request}/${i}`);
  if (kind === "otlp") {
    const headers = { ...AUTHORISED, "content-type": "application/json" };
    return fetch(`${url}/v1/traces`, { method: "POST", headers, body: spans(request, paths) });
  }
  const body = paths.map((path, i) => event(kind, request, path, i)).join("\n");
  // The second kind is known again by the ids of its events.
  return sendEvents(url, body, kind === "named" ? {} : { "idempotency-key": `${kind} ${request}` });
}

function event(kind: Kind, request: number, path: string, i: number): string {
  const attack = kind === "attack";
  return JSON.stringify({
    timestamp: new Date(TIME + request * 1000 + i).toISOString(),
    "event.id": `${kind}-${request}-${i}`,
    "http.request.method": "GET",
    "url.path": path,
    "http.response.status_code": attack ? 403 : 200,
    ...(attack ? { "service.name": apart(request) ? `shop-${request}` : "market" } : {}),
    "client.address": attack ? addressOf(request) : "192.0.2.7",
    ...(attack ? { "url.query": `id=${i}%27%20UNION%20SELECT%20password%20FROM%20users--` } : {}),
  });
}

/** Attacks on one service at the same time may be one campaign, and one incident: every other is on its own. */
function apart(request: number): boolean {
  return request % 2 === 0;
}

/** Of the block for benchmarks, one for each attack. */
function addressOf(request: number): string {
  return `198.${apart(request) ? APART : "19"}.${request >> 8}.${request & 255}`;
}

function spans(request: number, paths: readonly string[]): string {
  const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const nanos = BigInt(TIME + request * 1000) * 1_000_000n;
  return JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [attribute("service.name", "shop")] },
        scopeSpans: [
          {
            spans: paths.map((path, i) => ({
              traceId: (request + 1).toString(16).padStart(32, "0"),
              spanId: (i + 1).toString(16).padStart(16, "0"),
              kind: 2,
              name: "GET",
              startTimeUnixNano: String(nanos + BigInt(i)),
              endTimeUnixNano: String(nanos + BigInt(i) + 1_000_000n),
              attributes: [attribute("http.request.method", "GET"), attribute("url.path", path)],
            })),
          },
        ],
      },
    ],
  });
}

function line(path: string): string {
  return `192.0.2.7 - - [03/Mar/2026:10:00:00 +0000] "GET ${path} HTTP/1.1" 200 12 "-" "curl/8.4.0"`;
}
