/** A request's body, inflated, within limits: the cap holds while bytes come, before they are in memory. */
import type { Readable, Transform } from "node:stream";
import { createGunzip, createInflate } from "node:zlib";
import { VedetteError } from "../../errors.ts";

export interface BodyLimits {
  /** Bytes as sent, and after inflating. */
  readonly sent: number;
  readonly inflated: number;
}

export const BODY_LIMITS: BodyLimits = { sent: 16 * 1024 * 1024, inflated: 32 * 1024 * 1024 };

/** @throws VedetteError PAYLOAD_TOO_LARGE, PAYLOAD_CORRUPT, MEDIA_TYPE_UNKNOWN */
export async function readBody(
  stream: Readable,
  encoding: string | undefined,
  limits: BodyLimits = BODY_LIMITS,
): Promise<Uint8Array<ArrayBuffer>> {
  const inflater = inflaterOf(encoding ?? "identity");
  let sent = 0;
  stream.on("data", (chunk: Buffer) => {
    sent += chunk.length;
    if (sent > limits.sent) stream.destroy(tooLarge(limits.sent));
  });
  const source = inflater === undefined ? stream : stream.pipe(inflater);
  if (inflater !== undefined) stream.on("error", (error) => inflater.destroy(error));
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limits.inflated) throw tooLarge(limits.inflated);
      chunks.push(chunk);
    }
  } catch (cause) {
    stream.unpipe();
    inflater?.destroy();
    if (cause instanceof VedetteError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new VedetteError("PAYLOAD_CORRUPT", `The body cannot be read: ${reason}`, "", { cause });
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function inflaterOf(encoding: string): Transform | undefined {
  switch (encoding.trim().toLowerCase()) {
    case "":
    case "identity":
      return undefined;
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    default:
      throw new VedetteError(
        "MEDIA_TYPE_UNKNOWN",
        "The content encoding is not known",
        encoding.slice(0, 100),
      );
  }
}

function tooLarge(limit: number): VedetteError {
  return new VedetteError("PAYLOAD_TOO_LARGE", `The body is larger than ${limit} bytes`);
}
