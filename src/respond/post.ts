/** One guarded POST: to the checked address, over TLS unless the host is allowed, without redirects, bounded. */
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { checkedAddresses, fixedLookup, hostOf, type Resolve } from "./guard.ts";

export interface PostOptions {
  readonly allowed: ReadonlySet<string>;
  readonly signal: AbortSignal;
  readonly resolve?: Resolve;
}

export interface PostAnswer {
  readonly status: number;
  /** The `Retry-After` header as it came. */
  readonly retryAfter: string | undefined;
}

/** Of an answer only the status counts; what follows it is read so far and no further. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** @throws HostRefused, and the errors of node:http; a message names the host and never the rest of the URL */
export async function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  { allowed, signal, resolve }: PostOptions,
): Promise<PostAnswer> {
  const host = hostOf(url);
  if (url.protocol !== "https:" && !allowed.has(host)) throw new Error(`${host} is not reached over https`);
  const addresses = await checkedAddresses(host, allowed, resolve);
  signal.throwIfAborted();
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  const bytes = Buffer.from(body);
  return new Promise((done, failed) => {
    const request = send(
      url,
      {
        method: "POST",
        // A connection of its own: one that is kept could outlive what was checked.
        agent: false,
        lookup: fixedLookup(addresses),
        signal,
        headers: { "user-agent": "Vedette", ...headers, "content-length": String(bytes.length) },
      },
      (answer) => {
        drain(answer)
          .then(() => done({ status: answer.statusCode ?? 0, retryAfter: answer.headers["retry-after"] }))
          .catch(failed);
      },
    );
    request.on("error", failed);
    request.end(bytes);
  });
}

async function drain(answer: IncomingMessage): Promise<void> {
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_ANSWER_BYTES) return void answer.destroy();
  }
}
