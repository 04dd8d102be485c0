/** The contract of everything that notices go to. */
import type { NoticeMessage } from "./notice.ts";

export type SendResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** What happened, without secrets. */
      readonly error: string;
      /** Whether another attempt may succeed. */
      readonly again: boolean;
      /** The receiver asked for so many milliseconds of peace. */
      readonly waitMs?: number;
    };

export interface Sink {
  readonly kind: string;
  /** Hands one notice over; it answers failures and does not throw them. */
  send(notice: NoticeMessage, signal: AbortSignal): Promise<SendResult>;
  close(): void;
}
