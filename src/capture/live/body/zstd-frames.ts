/**
 * Walks the frames and blocks of zstd data (RFC 8878) before they are inflated, and refuses what would cost too much:
 * windows over 8 MiB (RFC 9659 allows no more in HTTP), blocks that say they hold more than the limit, and blocks so
 * small that moving the window for each costs more than inflating it. Headers only: what is in the blocks is skipped.
 */
import { VedetteError } from "../../../errors.ts";

const MAX_WINDOW = 8 * 1024 * 1024;
const MAX_BLOCK = 128 * 1024;
const MAX_FRAMES = 1_000;
/** The inflater in JavaScript moves its window once for each block: half a second of that. */
const MAX_MOVED = 2 ** 31;
const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a5;
const MAGIC_BYTES = 4;
const BLOCK_HEADER_BYTES = 3;

export interface ZstdWalk {
  /** @throws VedetteError PAYLOAD_TOO_LARGE, PAYLOAD_CORRUPT */
  feed(piece: Uint8Array): void;
  /** True between frames, when there was one. */
  readonly whole: boolean;
}

type Step = "magic" | "skippable" | "descriptor" | "header" | "block";

/** @param limit bytes that may come out */
export function createZstdWalk(limit: number): ZstdWalk {
  let step: Step = "magic";
  let wanted = MAGIC_BYTES;
  let held: number[] = [];
  let skip = 0;
  let frames = 0;
  let window = 0;
  let moved = 0;
  let checksum = 0;
  /** Bytes of raw and repeated blocks: these say how many they are. */
  let stated = 0;

  function expect(next: Step, bytes: number, keep = false): void {
    step = next;
    wanted = bytes;
    if (!keep) held = [];
  }

  function takeHeader(): void {
    switch (step) {
      case "magic": {
        const magic = littleEndian(held, 0, 4);
        if (magic === MAGIC) expect("descriptor", 5, true);
        else if (Math.floor(magic / 16) === SKIPPABLE) expect("skippable", 8, true);
        else throw corrupt("it does not begin with a zstd frame");
        if (++frames > MAX_FRAMES) throw tooLarge(`it has more than ${MAX_FRAMES} zstd frames`);
        break;
      }
      case "skippable":
        skip = littleEndian(held, 4, 4);
        expect("magic", MAGIC_BYTES);
        break;
      case "descriptor":
        expect("header", 5 + layoutOf(held[4] ?? 0).bytes, true);
        break;
      case "header":
        window = windowOf(held);
        if (window > MAX_WINDOW) throw tooLarge(`its zstd window is larger than ${MAX_WINDOW} bytes`);
        checksum = ((held[4] ?? 0) & 4) === 0 ? 0 : 4;
        expect("block", BLOCK_HEADER_BYTES);
        break;
      case "block":
        takeBlock(littleEndian(held, 0, 3));
        break;
    }
  }

  function takeBlock(header: number): void {
    const type = (header >> 1) & 3;
    const size = header >> 3;
    if (type === 3 || size > MAX_BLOCK) throw corrupt("a zstd block is of no known kind");
    skip = type === 1 ? 1 : size;
    if (type !== 2) stated += size;
    moved += window;
    if (stated > limit) throw tooLarge(`it is larger than ${limit} bytes`);
    if (moved > MAX_MOVED) throw tooLarge("its zstd blocks are too small for their window");
    const last = (header & 1) === 1;
    if (last) skip += checksum;
    expect(last ? "magic" : "block", last ? MAGIC_BYTES : BLOCK_HEADER_BYTES);
  }

  return {
    feed(piece) {
      for (let at = 0; at < piece.length; ) {
        if (skip > 0) {
          const passed = Math.min(skip, piece.length - at);
          skip -= passed;
          at += passed;
          continue;
        }
        held.push(piece[at++] ?? 0);
        if (held.length === wanted) takeHeader();
      }
    },
    get whole() {
      return frames > 0 && step === "magic" && held.length === 0 && skip === 0;
    },
  };
}

/** Bytes after the frame header's descriptor, and where the frame's content size stands in them. */
function layoutOf(descriptor: number): { bytes: number; sizeAt: number; sizeBytes: number } {
  const single = (descriptor & 32) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const sizeAt = (single ? 0 : 1) + dictionary;
  return { bytes: sizeAt + sizeBytes, sizeAt, sizeBytes };
}

function windowOf(header: readonly number[]): number {
  const descriptor = header[4] ?? 0;
  if ((descriptor & 32) !== 0) {
    const { sizeAt, sizeBytes } = layoutOf(descriptor);
    return littleEndian(header, 5 + sizeAt, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
  }
  const [exponent, mantissa] = [(header[5] ?? 0) >> 3, (header[5] ?? 0) & 7];
  const base = 2 ** (10 + exponent);
  return base + (base / 8) * mantissa;
}

function littleEndian(bytes: readonly number[], from: number, count: number): number {
  let value = 0;
  for (let i = count - 1; i >= 0; i--) value = value * 256 + (bytes[from + i] ?? 0);
  return value;
}

function tooLarge(why: string): VedetteError {
  return new VedetteError("PAYLOAD_TOO_LARGE", `The body is refused: ${why}`);
}

function corrupt(why: string): VedetteError {
  return new VedetteError("PAYLOAD_CORRUPT", `The body cannot be read: ${why}`);
}
