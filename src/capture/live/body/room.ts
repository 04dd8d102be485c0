/** Memory for bodies that are being received: many senders at once must not take more than there is. */
import { VedetteError } from "../../../errors.ts";

export interface Room {
  /** One body's part of it. */
  open(): BodyRoom;
  /** Bytes that are taken now. */
  readonly taken: number;
}

export interface BodyRoom {
  /** @throws VedetteError JOURNAL_BUSY when all bodies together are too much; a body is never refused alone */
  take(bytes: number): void;
  /** The body is done with. */
  close(): void;
}

/** Four of the largest bodies, or a thousand of 128 KiB. */
const MOST_BYTES = 128 << 20;

export function createRoom(most = MOST_BYTES): Room {
  let taken = 0;
  return {
    get taken() {
      return taken;
    },
    open() {
      let own = 0;
      return {
        take(bytes) {
          if (taken > own && taken + bytes > most)
            throw new VedetteError("JOURNAL_BUSY", `${taken} bytes of bodies are being received already`);
          own += bytes;
          taken += bytes;
        },
        close() {
          taken -= own;
          own = 0;
        },
      };
    },
  };
}
