/** Where live sources (HTTP, OTLP, syslog, tails) hand over what they read: bytes of whole records. */
import type { FormatChoice } from "../format.ts";

export interface IntakeBatch {
  /** The source as people know it: "http", "syslog udp 5514", "/var/log/nginx/access.log". */
  readonly source: string;
  readonly choice: FormatChoice;
  /** Whole records, one a line; JSON that spans lines was cut into lines before (documents.ts). The buffer moves on. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Service of events that name none. */
  readonly service?: string;
  /** The only services this source may speak for; undefined when any. */
  readonly services?: readonly string[];
  /** Idempotency key: a batch that was taken under it before is answered as it was then, and another refused. */
  readonly key?: string;
  /** Length and checksum of the body that came under the key: the same key with another is a mistake. */
  readonly print?: string;
  /**
   * Digest of a request that came without a key. One whose every event has an id of its sender's is taken once: the
   * same bytes again are the same request, the answer to which was lost.
   */
  readonly digest?: string;
  /** Records that were too long or too deep to be cut out: they count as rejected. */
  readonly skipped?: number;
}

export interface Rejection {
  /** Of the batch, from 0. */
  readonly line: number;
  readonly reason: string;
}

export interface Receipt {
  readonly accepted: number;
  /** Blank lines, comments, lines of the log that are no requests. */
  readonly ignored: number;
  readonly rejected: number;
  /** Of these, events for services that the source may not speak for. */
  readonly foreign: number;
  /** The first few. */
  readonly rejections: readonly Rejection[];
}

export interface Intake {
  /**
   * @returns once every accepted event is on disk
   * @throws VedetteError JOURNAL_BUSY or JOURNAL_UNWRITABLE: nothing was taken, the same batch may come again later;
   *   IDEMPOTENCY_KEY_REUSED: another batch was taken under its key
   */
  accept(batch: IntakeBatch): Promise<Receipt>;
}
