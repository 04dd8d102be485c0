/** What a live source tells of itself: plain figures for the metrics page and the sources list. */
import type { Receipt } from "./intake.ts";

/**
 * `starting`: nothing was tried yet. `running`: reads, and what it reads is taken. `waiting`: the journal is busy or
 * cannot write, the source holds back. `failing`: the source itself cannot be read. `stopped`: closed.
 */
type SourceState = "starting" | "running" | "waiting" | "failing" | "stopped";

export interface SourceHealth {
  /** As people know it: "syslog udp 5514", "/var/log/nginx/access.log". */
  readonly source: string;
  readonly kind: "http" | "otlp" | "syslog" | "tail" | "sample";
  state: SourceState;
  /** Accepted events, and the bytes they came in, since the start. */
  events: number;
  bytes: number;
  /** Lines that are no requests, as every log has. */
  ignored: number;
  /** Lines that no format explains. */
  rejected: number;
  /** Lines lost because a queue was full or the kernel had no room. */
  dropped: number;
  /** Bytes that wait: in a file behind the reader, or in the queue. */
  lag: number;
  /** When events were last accepted, milliseconds of the given clock. */
  lastEvent: number | undefined;
  lastError: { readonly at: number; readonly message: string } | undefined;
}

export function newHealth(source: string, kind: SourceHealth["kind"]): SourceHealth {
  return {
    source,
    kind,
    state: "starting",
    events: 0,
    bytes: 0,
    ignored: 0,
    rejected: 0,
    dropped: 0,
    lag: 0,
    lastEvent: undefined,
    lastError: undefined,
  };
}

/** @param bytes length of the batch that was answered so; `at` milliseconds of the source's clock */
export function noteReceipt(health: SourceHealth, receipt: Receipt, bytes: number, at: number): void {
  health.state = "running";
  health.events += receipt.accepted;
  health.ignored += receipt.ignored;
  health.rejected += receipt.rejected;
  health.bytes += bytes;
  if (receipt.accepted > 0) health.lastEvent = at;
}

export function noteError(
  health: SourceHealth,
  state: SourceHealth["state"],
  cause: unknown,
  at: number,
): void {
  health.state = state;
  health.lastError = { at, message: cause instanceof Error ? cause.message : String(cause) };
}
