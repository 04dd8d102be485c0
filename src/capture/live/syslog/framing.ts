/**
 * Messages out of a stream of bytes (RFC 6587): each preceded by its length, or each ended by a line feed or a NUL. The
 * two are told apart message by message: a length is followed by a space and the "<" of the priority.
 */

export interface FramerOptions {
  /** Longer messages are passed over. */
  readonly maxMessage: number;
  /** The bytes are valid during the call only. */
  readonly onMessage: (bytes: Buffer) => void;
  readonly onTooLong: () => void;
}

export interface Framer {
  push(piece: Buffer): void;
  /** The stream ended: what is there is the last message. */
  end(): void;
}

const COUNTED = /^([1-9]\d{0,8}) </;
const MAYBE_COUNTED = /^[1-9]\d{0,8} ?$/;
const LONGEST_COUNT = 11;
const LINE_FEED = 10;
const ZERO = 48;
const NINE = 57;
const FIRST_BUFFER = 16 * 1024;

export function createFramer({ maxMessage, onMessage, onTooLong }: FramerOptions): Framer {
  let buffer = Buffer.allocUnsafe(FIRST_BUFFER);
  let start = 0;
  let end = 0;
  /** No end of a line before this place. */
  let scanned = 0;
  let skipBytes = 0;
  let skipLine = false;

  function append(piece: Buffer): void {
    if (end + piece.length > buffer.length) {
      const held = end - start;
      const target =
        held + piece.length > buffer.length
          ? Buffer.allocUnsafe(Math.max(buffer.length * 2, held + piece.length))
          : buffer;
      buffer.copy(target, 0, start, end);
      buffer = target;
      scanned -= start;
      start = 0;
      end = held;
    }
    piece.copy(buffer, end);
    end += piece.length;
  }

  /** @returns the place of the next line feed or NUL, -1 when it has not come */
  function findEnd(): number {
    const from = Math.max(scanned, start);
    const feed = buffer.subarray(from, end).indexOf(LINE_FEED);
    const before = feed === -1 ? end : from + feed;
    const nul = buffer.subarray(from, before).indexOf(0);
    if (nul !== -1) return from + nul;
    scanned = before;
    return feed === -1 ? -1 : before;
  }

  /** @returns false when more has to come first */
  function takeOne(): boolean {
    if (skipBytes > 0) {
      const passed = Math.min(skipBytes, end - start);
      skipBytes -= passed;
      start += passed;
      return start < end;
    }
    const first = buffer[start] ?? 0;
    const digit = !skipLine && first > ZERO && first <= NINE;
    const head = digit ? buffer.toString("latin1", start, Math.min(end, start + LONGEST_COUNT)) : "";
    const counted = COUNTED.exec(head);
    if (counted !== null) return takeCounted(Number(counted[1]), (counted[1] ?? "").length + 1);
    if (digit && head.length < LONGEST_COUNT && MAYBE_COUNTED.test(head)) return false;
    const stop = findEnd();
    if (stop === -1) {
      if (skipLine) start = end;
      else if (end - start > maxMessage) {
        onTooLong();
        skipLine = true;
        start = end;
      }
      return false;
    }
    if (!skipLine && stop > start) emit(stop);
    skipLine = false;
    start = stop + 1;
    return start < end;
  }

  function takeCounted(length: number, header: number): boolean {
    if (length > maxMessage) {
      onTooLong();
      skipBytes = header + length;
      return true;
    }
    if (end - start < header + length) return false;
    start += header;
    emit(start + length);
    start += length;
    return start < end;
  }

  function emit(stop: number): void {
    if (stop - start > maxMessage) onTooLong();
    else onMessage(buffer.subarray(start, stop));
  }

  return {
    push(piece) {
      append(piece);
      while (start < end && takeOne());
      if (start === end) {
        start = 0;
        end = 0;
        scanned = 0;
      }
    },
    end() {
      if (start < end && !skipLine && skipBytes === 0) emit(end);
      start = end;
    },
  };
}
