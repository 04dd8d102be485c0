/** A journaled Native block → the events in it, as the store will give them back: the engine's evidence. */
import { type ApiEvent, EVENT_FIELDS, type EventField, emptyEvent, type Finding } from "../../event.ts";
import { readBlock } from "../native/read-block.ts";
import { eventIdOf } from "./batch-id.ts";

export interface StoredEvents {
  readonly rows: number;
  /** A fresh object each time. */
  event(row: number): ApiEvent;
  findings(row: number): readonly Finding[];
  id(row: number): string;
}

/** Fields that are kept under another column name. */
const COLUMN_OF: Partial<Record<EventField, string>> = {
  "event.id": "event.supplied_id",
  "http.request.headers": "request_headers",
  "http.response.headers": "response_headers",
  "http.request.body": "request_body",
  "http.response.body": "response_body",
};

/** Scores have two decimals, and are kept in single precision. */
export function asFound(stored: Finding): Finding {
  return { ...stored, score: Math.round(stored.score * 100) / 100 };
}

/** @throws RangeError when the bytes are no whole block */
export function decodeEvents(payload: Uint8Array, batch: bigint): StoredEvents {
  const { rows, columns } = readBlock(payload);
  const filled = EVENT_FIELDS.flatMap((field) => {
    const values = columns.get(COLUMN_OF[field] ?? field);
    return values === undefined ? [] : [{ field, values }];
  });
  const findings = columns.get("findings");
  const supplied = columns.get("event.supplied_id");
  return {
    rows,
    event(row) {
      const event = emptyEvent();
      for (const { field, values } of filled) {
        const value = values.at(row);
        // What is absent is an empty text or the system number 0.
        if (value === "" || (value === 0 && field === "client.as.number")) continue;
        // The encoder wrote each column from the field of this name: their types agree.
        (event as unknown as Record<string, unknown>)[field] =
          typeof value === "bigint" ? Number(value) : value;
      }
      return event;
    },
    findings: (row) => ((findings?.at(row) as readonly Finding[] | undefined) ?? []).map(asFound),
    id: (row) => String(supplied?.at(row) || eventIdOf(batch, row)),
  };
}
