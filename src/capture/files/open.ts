/**
 * A file's bytes as they were before compression and in UTF-8: gzip and zstd are told by their first bytes, UTF-16
 * by its byte order mark. What can be read is delivered before an error is thrown, so that a truncated archive
 * still gives its lines.
 */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import * as zlib from "node:zlib";
import { VedetteError } from "../../errors.ts";
import { type Input, reasonOf, STANDARD_INPUT } from "./discover.ts";

export type Pieces = AsyncIterable<Uint8Array>;

/**
 * A little under a megabyte: Node puts longer texts outside of the engine's heap (string_bytes.cc, EXTERN_APEX), where
 * they stay until a collection that nothing on the heap asks for.
 */
const READ_BYTES = 15 << 16;

export interface OpenOptions {
  /** Told of bytes read from disk, for progress. */
  readonly onRead?: (bytes: number) => void;
  /** Each piece is used up before the next is asked for: they may lie in one buffer, so that a long file leaves no garbage. */
  readonly reuse?: boolean;
}

export async function* openInput(
  input: Input,
  { onRead = () => {}, reuse = false }: OpenOptions = {},
): Pieces {
  const read = reuse && input.path !== STANDARD_INPUT ? readInPlace(input.path) : readStream(input.path);
  const raw = watched(read, input, onRead);
  const first = await raw.next();
  if (first.done) return;
  const whole = resumed(first.value, raw);
  yield* decode(input, first.value, whole);
}

function readStream(path: string): Pieces {
  return path === STANDARD_INPUT ? process.stdin : createReadStream(path, { highWaterMark: READ_BYTES });
}

async function* readInPlace(path: string): Pieces {
  const file = await open(path);
  try {
    const buffer = new Uint8Array(READ_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, READ_BYTES, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* watched(
  pieces: Pieces,
  input: Input,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of pieces) {
      onRead(piece.length);
      yield piece;
    }
  } catch (cause) {
    throw new VedetteError("INPUT_UNREADABLE", reasonOf(cause), input.name, { cause });
  }
}

async function* resumed(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (;;) {
    const next = await rest.next();
    if (next.done) return;
    yield next.value;
  }
}

async function* decode(input: Input, head: Uint8Array, pieces: Pieces): Pieces {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte);
  if (starts(0x1f, 0x8b)) yield* throughTransform(input, "gzip", pieces, zlib.createGunzip());
  else if (starts(0x28, 0xb5, 0x2f, 0xfd)) yield* unzstd(input, pieces);
  else if (starts(0xff, 0xfe)) yield* fromUtf16("utf-16le", pieces);
  else if (starts(0xfe, 0xff)) yield* fromUtf16("utf-16be", pieces);
  else if (starts(0x42, 0x5a, 0x68) || starts(0xfd, 0x37, 0x7a, 0x58, 0x5a)) {
    throw new VedetteError(
      "INPUT_NOT_A_LOG",
      "bzip2 and xz are not read: decompress it first (bzcat, xzcat) and pipe it in",
      input.name,
    );
  } else if (starts(0x50, 0x4b, 0x03, 0x04)) {
    throw new VedetteError(
      "INPUT_NOT_A_LOG",
      "this is a zip archive: unpack it first (unzip -p) and pipe it in",
      input.name,
    );
  } else yield* withoutMark(pieces);
}

type Transform = zlib.Gunzip;

async function* throughTransform(input: Input, kind: string, pieces: Pieces, transform: Transform): Pieces {
  let readError: unknown;
  const feed = (async () => {
    try {
      for await (const piece of pieces) {
        if (transform.destroyed) return;
        // It may keep what it is given beyond the next piece.
        if (!transform.write(piece.slice())) await drained(transform);
      }
    } catch (cause) {
      readError = cause;
    }
    transform.end();
  })();
  try {
    for await (const piece of transform as AsyncIterable<Uint8Array>) yield piece;
  } catch (cause) {
    throw new VedetteError(
      "INPUT_CORRUPT",
      `The ${kind} data ends or breaks before its end (${reasonOf(cause)})`,
      input.name,
      { cause },
    );
  } finally {
    transform.destroy();
  }
  await feed;
  if (readError !== undefined) throw readError;
}

function drained(transform: Transform): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      transform.off("drain", done);
      transform.off("close", done);
      transform.off("error", done);
      resolve();
    };
    transform.on("drain", done);
    transform.on("close", done);
    transform.on("error", done);
  });
}

/** Node has zstd itself from 22.15 on; before that fzstd does the same, slower. */
async function* unzstd(input: Input, pieces: Pieces): Pieces {
  if ("createZstdDecompress" in zlib && typeof zlib.createZstdDecompress === "function") {
    const transform: Transform = zlib.createZstdDecompress();
    yield* throughTransform(input, "zstd", pieces, transform);
    return;
  }
  const { Decompress } = await import("fzstd");
  const out: Uint8Array[] = [];
  let finished = false;
  const decompress = new Decompress((piece, last) => {
    if (piece.length > 0) out.push(piece.slice());
    finished = last ?? false;
  });
  try {
    for await (const piece of pieces) {
      decompress.push(piece);
      yield* out.splice(0);
    }
    decompress.push(new Uint8Array(0), true);
  } catch (cause) {
    yield* out.splice(0);
    if (cause instanceof VedetteError) throw cause;
    throw new VedetteError(
      "INPUT_CORRUPT",
      `The zstd data ends or breaks before its end (${reasonOf(cause)})`,
      input.name,
      { cause },
    );
  }
  yield* out.splice(0);
  if (!finished) throw new VedetteError("INPUT_CORRUPT", "The zstd data ends before its end", input.name);
}

async function* fromUtf16(encoding: "utf-16le" | "utf-16be", pieces: Pieces): Pieces {
  const decoder = new TextDecoder(encoding);
  for await (const piece of pieces) yield Buffer.from(decoder.decode(piece, { stream: true }), "utf8");
  yield Buffer.from(decoder.decode(), "utf8");
}

async function* withoutMark(pieces: Pieces): Pieces {
  let first = true;
  for await (const piece of pieces) {
    const marked = first && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf;
    first = false;
    yield marked ? piece.subarray(3) : piece;
  }
}
