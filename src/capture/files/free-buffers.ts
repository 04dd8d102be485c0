/**
 * Buffers that are used again and again. Left to the collector, large buffers that threads hand to each other stay
 * where they are until it comes, and what lives long settles between them: a scan grew with the length of its input.
 */
export interface FreeBuffers {
  /** @returns that many bytes; they hold what was there before */
  take(bytes: number): Uint8Array<ArrayBuffer>;
  /** Whoever gives one no longer uses it, in no thread. */
  give(buffer: ArrayBuffer): void;
}

/** Room is made in steps of this size, so that batches of about the same size fit into each other's buffers. */
const STEP = 1 << 18;

/** @param most buffers kept */
export function createFreeBuffers(most: number): FreeBuffers {
  const free: ArrayBuffer[] = [];
  return {
    take(bytes) {
      const at = free.findIndex(({ byteLength }) => byteLength >= bytes);
      const [used] = at === -1 ? [] : free.splice(at, 1);
      return new Uint8Array(used ?? new ArrayBuffer(Math.ceil(bytes / STEP) * STEP), 0, bytes);
    },
    give(buffer) {
      free.push(buffer);
      // The oldest may be too small for what comes now.
      if (free.length > most) free.shift();
    },
  };
}
