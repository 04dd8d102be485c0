/** What all sinks over HTTP have in common: a sink is a function from a notice to headers and a body. */
import type { Resolve } from "./guard.ts";
import type { NoticeMessage } from "./notice.ts";
import { type PostAnswer, post } from "./post.ts";
import type { SendResult, Sink } from "./sink.ts";

export interface HttpSinkOptions {
  readonly kind: string;
  readonly url: string;
  readonly allowed: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly resolve?: Resolve;
}

export interface HttpMessage {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The receiver will never take this notice: it is gone for good, or the body is not to its liking. */
const FINAL = new Set([400, 410, 413, 422]);
const MOST_WAIT_MS = 6 * 3_600_000;

export function createHttpSink(
  options: HttpSinkOptions,
  write: (notice: NoticeMessage) => HttpMessage,
): Sink {
  const url = new URL(options.url);
  const { kind, allowed, now, resolve } = options;
  return {
    kind,
    async send(notice, signal) {
      const { headers, body } = write(notice);
      const all = { "content-type": "application/json", "idempotency-key": notice.id, ...headers };
      try {
        const answer = await post(url, all, body, { allowed, signal, ...(resolve && { resolve }) });
        return resultOf(answer, url.hostname, now());
      } catch (cause) {
        if (signal.aborted)
          return { ok: false, again: true, error: `${url.hostname} did not answer in time` };
        return { ok: false, again: true, error: reasonOf(cause, url.hostname) };
      }
    },
    close() {},
  };
}

function resultOf({ status, retryAfter }: PostAnswer, host: string, now: number): SendResult {
  if (status >= 200 && status < 300) return { ok: true };
  if (status >= 300 && status < 400)
    return { ok: false, again: true, error: `${host} answered ${status}: redirects are not followed` };
  const waitMs = waitOf(retryAfter, now);
  const failure = { ok: false, again: !FINAL.has(status), error: `${host} answered ${status}` } as const;
  return waitMs === undefined ? failure : { ...failure, waitMs };
}

/** `Retry-After` (RFC 9110, 10.2.3): seconds, or a date. @returns milliseconds */
export function waitOf(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const wait = /^\d{1,9}(\.\d{1,6})?$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(wait) ? Math.min(MOST_WAIT_MS, Math.max(0, Math.ceil(wait))) : undefined;
}

function reasonOf(cause: unknown, host: string): string {
  if (!(cause instanceof Error)) return `${host} could not be reached`;
  const { code } = cause as { code?: string };
  return code === undefined ? cause.message : `${host} could not be reached: ${code}`;
}
