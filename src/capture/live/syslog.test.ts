import { execFileSync, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accessLine, type LiveIntake, liveIntake } from "../../../test/support/live-intake.ts";
import { VedetteError } from "../../errors.ts";
import { kernelDrops } from "./syslog/kernel-drops.ts";
import { listenSyslog, type SyslogListen, type SyslogOptions, type SyslogSource } from "./syslog.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

let folder: string;
let intake: LiveIntake;
let opened: SyslogSource[];
let clients: Socket[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vedette-syslog-"));
  intake = liveIntake();
  opened = [];
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await Promise.all(opened.map((source) => source.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function listen(
  transport: SyslogListen["transport"],
  options: Partial<SyslogOptions> = {},
  more: Partial<SyslogListen> = {},
): Promise<SyslogSource> {
  const source = await listenSyslog(
    { transport, host: "127.0.0.1", port: 0, ...more },
    { intake, clock: () => NOW, batchEvery: 20, retryAfter: 1, ...options },
  );
  opened.push(source);
  return source;
}

async function client(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  clients.push(socket);
  await once(socket, "connect");
  return socket;
}

async function datagrams(port: number, messages: readonly string[]): Promise<void> {
  const socket = createSocket("udp4");
  for (const message of messages) {
    await new Promise((resolve) => socket.send(message, port, "127.0.0.1", resolve));
  }
  socket.close();
}

const seen = (): number[] =>
  intake.events.map((event) => Number(event["url.path"]?.split("/").at(-1))).sort((a, b) => a - b);
const arrives = (count: number) => expect.poll(() => intake.events.length, { timeout: 10_000 }).toBe(count);

const modern = (n: number, host = "web1") =>
  `<134>1 2026-11-23T11:59:59.5Z ${host} nginx 12 - [a@1 b="c"] ${accessLine(n)}`;
const classic = (n: number, host = "web1 ") => `<134>Nov 23 11:59:59 ${host}nginx: ${accessLine(n)}`;

describe("over UDP", () => {
  it("takes messages of both RFCs, and lines without any header", async () => {
    const source = await listen("udp");
    await datagrams(source.port, [
      modern(1),
      `${classic(2)}\n`,
      classic(3, ""),
      modern(4, "-"),
      accessLine(5),
    ]);
    await arrives(5);
    expect(seen()).toEqual([1, 2, 3, 4, 5]);
    const hosts = intake.events.map((event) => event["server.address"]);
    expect(intake.lines.filter((line) => line.includes("127.0.0.1")).length).toBe(3);
    expect(hosts.length).toBe(5);
    expect(source.health()).toMatchObject({
      state: "running",
      events: 5,
      lag: 0,
      dropped: 0,
      lastEvent: NOW,
    });
    expect([...source.senders()]).toEqual([["127.0.0.1", 5]]);
  });

  it("keeps a message one line, whatever is put into it", async () => {
    const source = await listen("udp");
    await datagrams(source.port, [`${modern(1)}\n${modern(2)}`]);
    await arrives(1);
    expect(intake.lines).toHaveLength(1);
  });

  it("gives each program its own format", async () => {
    const source = await listen("udp");
    const event = {
      timestamp: "2026-11-23T10:00:00Z",
      "http.request.method": "GET",
      "url.path": "/orders/7",
    };
    const json = `<134>1 2026-11-23T12:00:00Z web1 api - - - ${JSON.stringify(event)}`;
    await datagrams(source.port, [modern(1), json, modern(2), json]);
    await arrives(4);
    expect(intake.batches.map(({ batch }) => batch.choice.format).sort()).toEqual([
      "nginx-combined",
      "vedette",
    ]);
  });

  it("passes over programs that write no requests, and says why", async () => {
    const quarantined: string[] = [];
    const source = await listen("udp", { quarantine: { add: (_, __, text) => quarantined.push(text) } });
    const login =
      "<38>Nov 23 12:00:00 web1 sshd[7]: Accepted publickey for ann from 203.0.113.9 port 22 ssh2";
    await datagrams(source.port, [...Array.from({ length: 30 }, () => login), modern(1)]);
    await arrives(1);
    await expect.poll(() => source.health().ignored).toBe(30);
    expect(quarantined).toEqual(["Accepted publickey for ann from 203.0.113.9 port 22 ssh2"]);
  });

  it("looks anew when a program changes its format", async () => {
    const source = await listen("udp");
    await datagrams(
      source.port,
      numbers(0, 20).map((n) => modern(n)),
    );
    await arrives(20);
    const iis = (n: number) =>
      `<134>1 2026-11-23T12:00:00Z web1 nginx - - - {"timestamp":"2026-11-23T10:00:00Z","http.request.method":"GET","url.path":"/orders/${n}"}`;
    await datagrams(source.port, numbers(20, 60).map(iis));
    await arrives(60);
    expect(seen()).toEqual(numbers(0, 60));
  });

  it("drops and counts what finds no room while the journal is busy, and goes on after", async () => {
    intake.refuse = Number.POSITIVE_INFINITY;
    const source = await listen("udp", { queueBytes: 20_000 });
    await datagrams(
      source.port,
      numbers(0, 400).map((n) => modern(n)),
    );
    await expect.poll(() => source.health().dropped, { timeout: 10_000 }).toBeGreaterThan(100);
    expect(source.health()).toMatchObject({ state: "waiting", events: 0 });
    expect(source.health().lag).toBeLessThan(21_000);
    intake.refuse = 0;
    await expect.poll(() => source.health().lag, { timeout: 10_000 }).toBe(0);
    expect(source.health().events + source.health().dropped).toBe(400);
    await datagrams(source.port, [modern(500)]);
    await expect.poll(() => seen().at(-1), { timeout: 10_000 }).toBe(500);
  });

  it("counts what the kernel dropped", () => {
    const table = join(folder, "udp");
    writeFileSync(
      table,
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n" +
        "  530: 0100007F:0202 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 39 2 0000 17\n" +
        "  531: 0100007F:0203 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 40 2 0000 5\n",
    );
    expect(kernelDrops(0x202, [table, join(folder, "missing")])).toBe(17);
    expect(kernelDrops(0x204, [table])).toBe(0);
  });
});

describe("over TCP", () => {
  it("takes counted messages and lines, on many connections", async () => {
    const source = await listen("tcp");
    const one = await client(source.port);
    const two = await client(source.port);
    for (const n of numbers(0, 50)) one.write(`${Buffer.byteLength(modern(n))} ${modern(n)}`);
    two.write(
      numbers(50, 100)
        .map((n) => `${classic(n)}\n`)
        .join(""),
    );
    two.end(accessLine(100));
    await arrives(101);
    expect(seen()).toEqual(numbers(0, 101));
  });

  it("holds senders back while the journal is busy, and loses nothing", async () => {
    intake.refuse = 8;
    const source = await listen("tcp", { queueBytes: 50_000 });
    const socket = await client(source.port);
    socket.write(
      numbers(0, 20_000)
        .map((n) => `${modern(n)}\n`)
        .join(""),
    );
    await arrives(20_000);
    expect(seen()).toEqual(numbers(0, 20_000));
    expect(source.health()).toMatchObject({ dropped: 0, rejected: 0, lag: 0 });
  });

  it("passes over messages that are too long", async () => {
    const source = await listen("tcp", { maxMessage: 1_000 });
    const socket = await client(source.port);
    socket.write(`${"x".repeat(100_000)}\n${modern(1)}\n`);
    await arrives(1);
    expect(source.health().rejected).toBe(1);
  });

  it("refuses more connections than it may have, and closes silent ones", async () => {
    const source = await listen("tcp", { maxConnections: 1, idleAfter: 200 });
    const first = await client(source.port);
    const second = await client(source.port);
    await once(second, "close");
    expect(source.connections).toEqual({ open: 1, refused: 1 });
    await once(first, "close");
    await expect.poll(() => source.connections.open).toBe(0);
  });

  it("sends what waits before it closes", async () => {
    const source = await listen("tcp", { batchEvery: 60_000 });
    const socket = await client(source.port);
    socket.write(`${modern(1)}\n`);
    await expect.poll(() => source.health().lag).toBeGreaterThan(0);
    await source.close();
    expect(seen()).toEqual([1]);
  });

  it("counts as dropped what cannot be handed over before it closes", async () => {
    const source = await listen("tcp", { closeWithin: 100 });
    intake.accept = () => Promise.reject(new VedetteError("JOURNAL_UNWRITABLE", "the disk is full"));
    const socket = await client(source.port);
    socket.write(`${modern(1)}\n`);
    await expect.poll(() => source.health().state, { timeout: 10_000 }).toBe("waiting");
    await source.close();
    expect(source.health()).toMatchObject({
      dropped: 1,
      state: "stopped",
      lastError: { message: "the disk is full" },
    });
  });
});

const OPENSSL = existsSync("/usr/bin/openssl");
if (!OPENSSL)
  console.warn("Syslog over TLS is not tested: openssl is not installed (apt-get install openssl).");

function certificate(): { cert: string; key: string } {
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const wish = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"];
  execFileSync("/usr/bin/openssl", ["req", "-x509", ...wish, ...name, "-keyout", key, "-out", cert], {
    stdio: "ignore",
  });
  return { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") };
}

describe.runIf(OPENSSL)("over TLS", () => {
  it("takes messages, from those whose certificate is signed when that is asked for", async () => {
    const own = certificate();
    const source = await listen("tls", {}, { ...own, ca: own.cert });
    const socket = connectTls({ port: source.port, host: "127.0.0.1", ca: own.cert, ...own });
    clients.push(socket);
    await once(socket, "secureConnect");
    for (const n of numbers(0, 10)) socket.write(`${modern(n).length} ${modern(n)}`);
    await arrives(10);
    const stranger = connectTls({ port: source.port, host: "127.0.0.1", ca: own.cert });
    clients.push(stranger);
    stranger.on("error", () => undefined);
    await new Promise((resolve) => stranger.on("close", resolve));
    expect(source.connections.open).toBe(1);
  });
});

const GNUTLS = "/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_gtls.so";
const TLS_DRIVER =
  ' StreamDriver="gtls" StreamDriverMode="1" StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="localhost"';
const RSYSLOG = "/usr/sbin/rsyslogd";
if (!existsSync(RSYSLOG)) {
  console.warn("Forwarding by rsyslog is not tested: it is not installed (apt-get install rsyslog).");
}

const SECURE = OPENSSL && existsSync(GNUTLS);
if (!SECURE)
  console.warn("rsyslog's TLS is not tested: it is not installed (apt-get install rsyslog-gnutls).");

describe.runIf(existsSync(RSYSLOG))("from rsyslog", () => {
  it.each([
    ["udp", "RSYSLOG_TraditionalForwardFormat", ""],
    ["udp", "RSYSLOG_SyslogProtocol23Format", ""],
    ["tcp", "RSYSLOG_ForwardFormat", 'TCP_Framing="traditional"'],
    ["tcp", "RSYSLOG_SyslogProtocol23Format", 'TCP_Framing="octet-counted"'],
    ...(SECURE ? [["tls", "RSYSLOG_SyslogProtocol23Format", 'TCP_Framing="octet-counted"'] as const] : []),
  ] as const)("over %s as %s %s", async (transport, template, framing) => {
    const secure = transport === "tls";
    const source = await listen(transport, {}, secure ? certificate() : {});
    const log = join(folder, "access.log");
    writeFileSync(
      log,
      numbers(0, 20)
        .map((n) => `${accessLine(n)}\n`)
        .join(""),
    );
    const configuration = join(folder, "rsyslog.conf");
    writeFileSync(
      configuration,
      `global(workDirectory="${folder}" maxMessageSize="64k" DefaultNetstreamDriverCAFile="${join(folder, "cert.pem")}")
module(load="imfile" mode="inotify")
input(type="imfile" File="${log}" Tag="nginx:" Severity="info" Facility="local0")
action(type="omfwd" Target="127.0.0.1" Port="${source.port}" Protocol="${secure ? "tcp" : transport}" Template="${template}" ${framing}${secure ? TLS_DRIVER : ""})
`,
    );
    const daemon = spawn(RSYSLOG, ["-n", "-f", configuration, "-i", join(folder, "pid")], {
      stdio: "ignore",
    });
    try {
      await arrives(20);
      appendFileSync(
        log,
        numbers(20, 30)
          .map((n) => `${accessLine(n)}\n`)
          .join(""),
      );
      await arrives(30);
      expect(seen()).toEqual(numbers(0, 30));
      expect(intake.events[0]).toMatchObject({
        timestamp: Date.UTC(2026, 10, 23, 10),
        "client.address": "203.0.113.0",
        "user_agent.original": "curl/8.5",
      });
    } finally {
      daemon.kill();
      await once(daemon, "exit");
    }
  });
});
