/**
 * The way of an event, first half: bytes → lines → ApiEvent → findings → facts. Stateless but for a file's format
 * header, so batches of bytes spread over threads; the second half (`detect`, `correlate`) reads the facts.
 *
 *     capture      openFormat(choice).parse(line, event)
 *     normalize    createNormalizer(settings)(event, fact)
 *     inspect      inspect(event)
 *     fact         writeFact(rows, n, fact)
 */

import { forEachLine } from "./capture/files/lines.ts";
import { type FormatChoice, MAX_LINE_BYTES } from "./capture/format.ts";
import { clearEvent } from "./capture/formats/clear-event.ts";
import { openFormat } from "./capture/open-format.ts";
import { type ApiEvent, type EventField, emptyEvent } from "./event.ts";
import { emptyFact, FACT_STRIDE, noteFindings, writeFact } from "./fact.ts";
import { inspect } from "./inspect/inspect.ts";
import { trustedProxies } from "./normalize/client-address.ts";
import { payloadKey } from "./normalize/key.ts";
import type { NetworkFiles, Networks } from "./normalize/networks.ts";
import { createNormalizer } from "./normalize/normalize.ts";

/** Plain data: it travels to worker threads. */
export interface PipelineSettings {
  readonly trustedProxies: readonly string[];
  readonly service: string;
  readonly networks: NetworkFiles;
}

/** Fields whose presence is counted, so that blind spots speak of this log and not of its format. */
export const PRESENCE_FIELDS = [
  "timestamp",
  "client.address",
  "http.request.method",
  "http.response.status_code",
  "http.response.body.size",
  "http.request.body.size",
  "duration_ms",
  "user_agent.original",
  "server.address",
  "service.name",
  "user.id",
  "session.id",
  "api_key.fingerprint",
  "http.request.body",
  "http.response.body",
  "trace_id",
] as const satisfies readonly EventField[];

/** What became of one batch of lines. Buffers are transferable. */
export interface FactBatch {
  /** FACT_STRIDE doubles for each event. */
  readonly rows: Float64Array<ArrayBuffer>;
  readonly events: number;
  readonly lines: number;
  readonly ignored: number;
  readonly failed: number;
  /** Lines (within the batch, from 0) of the first few that failed. */
  readonly failures: readonly number[];
  /** How many events had each of PRESENCE_FIELDS. */
  readonly present: Uint32Array;
  /** Header lines of a stateful format, by line within the batch. */
  readonly headers: readonly { readonly line: number; readonly text: string }[];
}

const MAX_FAILURES = 5;
const AVERAGE_LINE = 160;

export interface Front {
  /**
   * @param bytes whole lines, each ended by a line feed except perhaps the last
   * @param room for the rows: `rowBytes` of them, used again
   */
  read(bytes: Uint8Array, room?: ArrayBuffer): FactBatch;
}

/** Bytes for the rows of so many bytes of log; where lines are short, room is made as it is needed. */
export function rowBytes(bytes: number): number {
  return Math.ceil(bytes / AVERAGE_LINE + 16) * FACT_STRIDE * Float64Array.BYTES_PER_ELEMENT;
}

/** @param networks opened from the settings' files, once for all fronts of a thread */
export function createFront(choice: FormatChoice, settings: PipelineSettings, networks: Networks): Front {
  const parser = openFormat(choice);
  const normalize = createNormalizer({
    trusted: trustedProxies(settings.trustedProxies),
    service: settings.service,
    networks,
  });
  const fact = emptyFact();
  const event = emptyEvent();

  return {
    read(bytes, room = new ArrayBuffer(rowBytes(bytes.length))) {
      let rows = new Float64Array(room);
      const present = new Uint32Array(PRESENCE_FIELDS.length);
      const failures: number[] = [];
      const headers: { line: number; text: string }[] = [];
      let events = 0;
      let lines = 0;
      let ignored = 0;
      let failed = 0;
      forEachLine(bytes, (text, offset, length) => {
        const line = lines++;
        clearEvent(event);
        const result = length > MAX_LINE_BYTES ? "failed" : parser.parse(text, event);
        if (result === "event") {
          normalize(event, fact);
          fact.line = line;
          fact.offset = offset;
          fact.length = length;
          noteFindings(fact, inspect(event), payloadKey);
          notePresence(present, event);
          if ((events + 1) * FACT_STRIDE > rows.length) rows = grown(rows);
          writeFact(rows, events++, fact);
        } else if (result === "ignored") {
          ignored++;
          if (text.charCodeAt(0) === HASH && headers.length < 1000) headers.push({ line, text });
        } else {
          failed++;
          if (failures.length < MAX_FAILURES) failures.push(line);
        }
      });
      return { rows, events, lines, ignored, failed, failures, present, headers };
    },
  };
}

const HASH = 35;

/** Written out, because a property named by a variable costs ten times as much as one named in the code. */
function notePresence(present: Uint32Array, event: ApiEvent): void {
  if (!Number.isNaN(event.timestamp)) present[0]++;
  if (event["client.address"] !== undefined) present[1]++;
  if (event["http.request.method"] !== undefined) present[2]++;
  if (event["http.response.status_code"] !== undefined) present[3]++;
  if (event["http.response.body.size"] !== undefined) present[4]++;
  if (event["http.request.body.size"] !== undefined) present[5]++;
  if (event.duration_ms !== undefined) present[6]++;
  if (event["user_agent.original"] !== undefined) present[7]++;
  if (event["server.address"] !== undefined) present[8]++;
  if (event["service.name"] !== undefined) present[9]++;
  if (event["user.id"] !== undefined) present[10]++;
  if (event["session.id"] !== undefined) present[11]++;
  if (event["api_key.fingerprint"] !== undefined) present[12]++;
  if (event["http.request.body"] !== undefined) present[13]++;
  if (event["http.response.body"] !== undefined) present[14]++;
  if (event.trace_id !== undefined) present[15]++;
}

function grown(rows: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(rows.length * 2);
  larger.set(rows);
  return larger;
}
