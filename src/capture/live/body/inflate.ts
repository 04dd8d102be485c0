/** Bytes as they were before their content encoding (RFC 9110, 8.4), piece by piece. */
import { pipeline } from "node:stream/promises";
import { setImmediate as turn } from "node:timers/promises";
import * as zlib from "node:zlib";
import { Decompress } from "fzstd";
import { VedetteError } from "../../../errors.ts";
import { createZstdWalk } from "./zstd-frames.ts";

export type Pieces = AsyncIterable<Uint8Array>;
export type Encoding = "identity" | "gzip" | "deflate" | "zstd";

/** Several pieces of this size are inflated at once without letting others have their turn. */
const STEP = 16 * 1024;

/** How far it has come: pieces wait before the inflater, so that what was sent says little of what came out of it. */
export interface Progress {
  /** Bytes that went into the inflater. */
  consumed: number;
}

/** @throws VedetteError MEDIA_TYPE_UNKNOWN: for an encoding that is not read, and for several of them */
export function encodingOf(header: string | undefined): Encoding {
  switch ((header ?? "").trim().toLowerCase()) {
    case "":
    case "identity":
      return "identity";
    case "gzip":
    case "x-gzip":
      return "gzip";
    case "deflate":
      return "deflate";
    case "zstd":
      return "zstd";
    default:
      throw new VedetteError(
        "MEDIA_TYPE_UNKNOWN",
        header?.includes(",") === true
          ? "A body is encoded once at most"
          : "The content encoding is not known",
        header?.slice(0, 100),
      );
  }
}

/**
 * @param limit bytes that may come out: an encoding that states more is refused before it is inflated
 * @throws what the pieces throw; VedetteError PAYLOAD_TOO_LARGE; whatever zlib throws for what it cannot read
 */
export function inflate(pieces: Pieces, encoding: Encoding, limit: number, progress: Progress): Pieces {
  switch (encoding) {
    case "identity":
      return pieces;
    case "gzip":
      return through(pieces, zlib.createGunzip(), progress);
    case "deflate":
      return inflateEither(pieces, progress);
    case "zstd":
      return unzstd(pieces, limit, progress);
  }
}

async function* through(pieces: Pieces, transform: zlib.Gunzip, progress: Progress): Pieces {
  // The reader of the transform meets the error; here it would be nobody's.
  const fed = pipeline(pieces, transform).catch(() => undefined);
  try {
    for await (const chunk of transform as AsyncIterable<Uint8Array>) {
      progress.consumed = transform.bytesWritten;
      yield chunk;
    }
  } finally {
    transform.destroy();
  }
  await fed;
}

/** "deflate" is the zlib format, but some have always sent the bare one. */
async function* inflateEither(pieces: Pieces, progress: Progress): Pieces {
  const iterator = pieces[Symbol.asyncIterator]();
  let first = await iterator.next();
  while (first.done !== true && first.value.length === 0) first = await iterator.next();
  if (first.done === true) throw new Error("it is empty");
  const head = first.value;
  const isZlib = ((head[0] ?? 0) & 15) === 8 && (head[0] ?? 0) >> 4 <= 7;
  async function* whole(): Pieces {
    try {
      yield head;
      yield* { [Symbol.asyncIterator]: () => iterator };
    } finally {
      // Left after the head too: who listens to a stream keeps others from what is left of it.
      await iterator.return?.();
    }
  }
  yield* through(whole(), isZlib ? zlib.createInflate() : zlib.createInflateRaw(), progress);
}

async function* unzstd(pieces: Pieces, limit: number, progress: Progress): Pieces {
  const walk = createZstdWalk(limit);
  const out: Uint8Array[] = [];
  let size = 0;
  const decompress = new Decompress((piece) => {
    size += piece.length;
    if (size > limit) throw new VedetteError("PAYLOAD_TOO_LARGE", `The body is larger than ${limit} bytes`);
    if (piece.length > 0) out.push(piece.slice());
  });
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += STEP) {
      const step = piece.subarray(at, at + STEP);
      walk.feed(step);
      progress.consumed += step.length;
      decompress.push(step);
      if (out.length === 0) continue;
      yield* out.splice(0);
      await turn();
    }
  }
  if (!walk.whole) throw new Error("the zstd data ends before its end");
  decompress.push(new Uint8Array(0), true);
  yield* out;
}
