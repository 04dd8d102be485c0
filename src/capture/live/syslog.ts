/**
 * Syslog over UDP (RFC 5426), TCP (RFC 6587) and TLS (RFC 5425), with messages as RFC 5424 and RFC 3164 have them. Syslog
 * acknowledges nothing: over UDP what finds no room is counted as dropped, over TCP and TLS the senders are held back.
 */
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer, isIPv6, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { newHealth, noteError, type SourceHealth } from "./health.ts";
import type { Intake } from "./intake.ts";
import type { Quarantine } from "./quarantine.ts";
import { ANY_FORMAT, createRecogniser, type FormatWish } from "./recognise.ts";
import { createFramer } from "./syslog/framing.ts";
import { kernelDrops } from "./syslog/kernel-drops.ts";
import { readMessage } from "./syslog/message.ts";
import { createStreams } from "./syslog/streams.ts";

export interface SyslogListen {
  readonly transport: "udp" | "tcp" | "tls";
  readonly host: string;
  /** 0 for any. */
  readonly port: number;
  /** PEM, for TLS. With `ca`, senders must show a certificate that it signed. */
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: string;
}

export interface SyslogOptions {
  readonly intake: Intake;
  readonly format?: FormatWish;
  /** Service of events that name none. */
  readonly service?: string;
  readonly services?: readonly string[];
  readonly quarantine?: Pick<Quarantine, "add">;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  /** Lines are sent together for so long, in milliseconds. */
  readonly batchEvery?: number;
  /** Bytes that may wait for the intake. */
  readonly queueBytes?: number;
  /** Longer messages are passed over. RFC 5424 asks for 2048 at least. */
  readonly maxMessage?: number;
  readonly maxConnections?: number;
  /** A silent connection is closed after so long, in milliseconds. */
  readonly idleAfter?: number;
  /** First pause after the journal refused, in milliseconds. */
  readonly retryAfter?: number;
  /** What waits when it is closed is sent for so long, in milliseconds. */
  readonly closeWithin?: number;
}

export interface SyslogSource {
  readonly port: number;
  /** Figures as of now; `dropped` counts what the kernel dropped too. */
  health(): SourceHealth;
  /** Connections now, and refused because there were too many. */
  readonly connections: { readonly open: number; readonly refused: number };
  /** Messages by sender, of those heard last. */
  senders(): ReadonlyMap<string, number>;
  close(): Promise<void>;
}

const MOST_SENDERS = 1_000;
const UDP_BUFFER = 4 << 20;

/** @throws what the system throws when the port cannot be had or the certificate cannot be read */
export async function listenSyslog(listen: SyslogListen, options: SyslogOptions): Promise<SyslogSource> {
  const { transport, host } = listen;
  const clock = options.clock ?? Date.now;
  const maxMessage = options.maxMessage ?? 64 * 1024;
  const sockets = new Set<Socket>();
  const senders = new Map<string, number>();
  let refused = 0;
  let kernel = 0;

  const udp = transport === "udp" ? createSocket({ type: isIPv6(host) ? "udp6" : "udp4" }) : undefined;
  const server = udp === undefined ? createListener(listen, welcome) : undefined;
  // Those that have not shown their certificate yet are no connections to `welcome`.
  if (server !== undefined) server.maxConnections = 2 * (options.maxConnections ?? 512);
  const port = await bind(udp ?? server, host, listen.port);
  const health = newHealth(`syslog ${transport} ${port}`, "syslog");
  health.state = "running";
  const streams = createStreams({
    intake: options.intake,
    health,
    recognise: createRecogniser(options.format ?? ANY_FORMAT, clock),
    clock,
    quarantine: options.quarantine,
    service: options.service,
    services: options.services,
    batchEvery: options.batchEvery ?? 250,
    queueBytes: options.queueBytes ?? 16 << 20,
    retryAfter: options.retryAfter,
    onFull(full) {
      for (const socket of sockets) full ? socket.pause() : socket.resume();
    },
  });
  const onError = (cause: unknown): void => noteError(health, "failing", cause, clock());
  udp?.on("error", onError);
  server?.on("error", onError);
  server?.on("tlsClientError", (cause) => noteError(health, health.state, cause, clock()));
  udp?.on("message", (bytes, { address }) => {
    if (streams.full) health.dropped++;
    else take(bytes, address);
  });

  function take(bytes: Uint8Array, sender: string): void {
    if (bytes.length > maxMessage) {
      tooLong(sender);
      return;
    }
    const message = readMessage(bytes, sender, clock());
    if (message === undefined) return;
    const count = senders.get(sender) ?? 0;
    senders.delete(sender);
    senders.set(sender, count + 1);
    if (senders.size > MOST_SENDERS) {
      for (const oldest of senders.keys()) {
        senders.delete(oldest);
        break;
      }
    }
    streams.add(message, sender);
  }

  function tooLong(sender: string): void {
    health.rejected++;
    options.quarantine?.add(health.source, "LINE_TOO_LONG", `from ${sender}`);
  }

  function welcome(socket: Socket): void {
    if (sockets.size >= (options.maxConnections ?? 512)) {
      refused++;
      socket.destroy();
      return;
    }
    const sender = socket.remoteAddress?.replace(/^::ffff:(?=\d+\.)/, "") ?? "-";
    const framer = createFramer({
      maxMessage,
      onMessage: (bytes) => take(bytes, sender),
      onTooLong: () => tooLong(sender),
    });
    sockets.add(socket);
    socket.setTimeout(options.idleAfter ?? 900_000, () => socket.destroy());
    socket.on("data", (piece: Buffer) => framer.push(piece));
    socket.on("end", () => framer.end());
    // A peer that went away is no failure of the source.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    if (streams.full) socket.pause();
  }

  return {
    port,
    health() {
      const now = udp === undefined ? 0 : kernelDrops(port);
      health.dropped += Math.max(0, now - kernel);
      kernel = now;
      return health;
    },
    get connections() {
      return { open: sockets.size, refused };
    },
    senders: () => senders,
    async close() {
      for (const socket of sockets) socket.destroy();
      const closed = udp === undefined ? server : udp;
      if (closed !== undefined) await new Promise<void>((resolve) => closed.close(() => resolve()));
      await streams.close(options.closeWithin ?? 5_000);
      health.state = "stopped";
    },
  };
}

function createListener(listen: SyslogListen, welcome: (socket: Socket) => void): Server {
  if (listen.transport === "tcp") return createServer(welcome);
  const { cert, key, ca } = listen;
  return createTlsServer(
    {
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
      ...(ca !== undefined && { ca, requestCert: true, rejectUnauthorized: true }),
      minVersion: "TLSv1.2",
      handshakeTimeout: 10_000,
    },
    welcome,
  );
}

async function bind(socket: UdpSocket | Server | undefined, host: string, port: number): Promise<number> {
  if (socket === undefined) return 0;
  if ("bind" in socket) {
    socket.bind(port, host);
    await once(socket, "listening");
    try {
      socket.setRecvBufferSize(UDP_BUFFER);
    } catch {
      // The kernel's own size has to do.
    }
    return socket.address().port;
  }
  socket.listen(port, host);
  await once(socket, "listening");
  return (socket.address() as AddressInfo).port;
}
