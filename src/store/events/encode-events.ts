/** Events → one Native block: what a worker hands to the journal, and the store takes as it is. */
import type { ApiEvent, Finding } from "../../event.ts";
import { createByteWriter } from "../native/byte-writer.ts";
import { writeBlock } from "../native/column.ts";
import { createEventColumns, type EventPlace } from "./event-columns.ts";

export interface EncodedEvents {
  readonly events: number;
  /** Of event times, milliseconds since the epoch; NaN when none has one. */
  readonly minTime: number;
  readonly maxTime: number;
  /** The bytes are the caller's: the encoder does not touch them again. */
  readonly payload: Uint8Array<ArrayBuffer>;
}

export interface EventEncoder {
  /** The event must be normalised and redacted: what is pushed here is written to disk. */
  push(event: ApiEvent, findings: readonly Finding[], place: EventPlace): void;
  readonly events: number;
  /** The block of all events since the last one; the encoder is empty after it. */
  finish(): EncodedEvents;
}

export function createEventEncoder(): EventEncoder {
  const columns = createEventColumns();
  const out = createByteWriter(64 * 1024);
  let events = 0;
  let minTime = Number.NaN;
  let maxTime = Number.NaN;
  return {
    push(event, findings, place) {
      columns.push(event, findings, place);
      events++;
      const time = event.timestamp;
      if (!(time >= minTime)) minTime = Number.isNaN(time) ? minTime : time;
      if (!(time <= maxTime)) maxTime = Number.isNaN(time) ? maxTime : time;
    },
    get events() {
      return events;
    },
    finish() {
      out.clear();
      writeBlock(out, columns.all, events);
      const payload = new Uint8Array(out.view());
      for (const { column } of columns.all) column.clear();
      const encoded = { events, minTime, maxTime, payload };
      events = 0;
      minTime = Number.NaN;
      maxTime = Number.NaN;
      return encoded;
    },
  };
}
