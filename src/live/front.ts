/**
 * The stateless half, live: bytes → events → findings → facts, and the events as the store takes them, redacted.
 * What leaves here can be written to disk.
 *
 *     capture      openFormat(choice).parse(line, event)
 *     normalize    createNormalizer(settings)(event, fact); describe(event, networks)
 *     inspect      inspect(event)
 *     store        encoder.push(event, findings, place)
 */
import { forEachLine } from "../capture/files/lines.ts";
import { type FormatChoice, MAX_LINE_BYTES } from "../capture/format.ts";
import { clearEvent } from "../capture/formats/clear-event.ts";
import { openFormat } from "../capture/open-format.ts";
import { emptyEvent } from "../event.ts";
import { emptyFact, FACT_STRIDE, noteFindings, writeFact } from "../fact.ts";
import { inspect } from "../inspect/inspect.ts";
import { trustedProxies } from "../normalize/client-address.ts";
import { describe } from "../normalize/describe.ts";
import { payloadKey } from "../normalize/key.ts";
import type { Networks } from "../normalize/networks.ts";
import { createNormalizer } from "../normalize/normalize.ts";
import { redactText } from "../normalize/redact.ts";
import { shapeSegments } from "../normalize/route.ts";
import { createEventEncoder } from "../store/events/encode-events.ts";

/** Plain data: it travels to worker threads. */
export interface FrontRequest {
  readonly choice: FormatChoice;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly batch: bigint;
  /** When it was taken in, milliseconds since the epoch. */
  readonly observed: number;
  /** Name of the log file; empty for what came over the network. */
  readonly file: string;
  /** Service of events that name none, and the only ones that are taken when the source is bound to some. */
  readonly service: string;
  readonly services: readonly string[] | undefined;
  readonly trustedProxies: readonly string[];
}

export interface RejectedLine {
  readonly line: number;
  readonly reason: string;
  /** Its beginning, secrets out. */
  readonly text: string;
}

export interface FrontAnswer {
  readonly events: number;
  readonly minTime: number;
  readonly maxTime: number;
  /** FACT_STRIDE doubles for each event, in the order of the payload's rows. */
  readonly facts: Float64Array<ArrayBuffer>;
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly ignored: number;
  readonly rejected: number;
  /** Of these, events for services that the source may not speak for. */
  readonly foreign: number;
  /** Every event has an id that its sender gave. */
  readonly named: boolean;
  /** The first few. */
  readonly rejections: readonly RejectedLine[];
}

export type LiveFront = (request: FrontRequest) => FrontAnswer;

const MAX_REJECTIONS = 20;
const MAX_REJECTED_CHARS = 2_000;
const AVERAGE_LINE = 400;
const MAX_PARSERS = 256;
const MAX_ROUTES = 8_192;

export function createLiveFront(networks: Networks): LiveFront {
  const parsers = new Map<string, ReturnType<typeof openFormat>>();
  const normalizers = new Map<string, ReturnType<typeof createNormalizer>>();
  let encoder = createEventEncoder();
  /** While a row is being written. */
  let encoding = false;
  const event = emptyEvent();
  const fact = emptyFact();
  /** Routes as text, by the fact's key of them, service and method: many paths have one. */
  const routes = new Map<number, string>();

  function routeOf(path: string): string {
    const known = routes.get(fact.routeKey);
    if (known !== undefined) return known;
    const route = `/${shapeSegments(path).join("/")}`;
    if (routes.size >= MAX_ROUTES) routes.clear();
    routes.set(fact.routeKey, route);
    return route;
  }

  return (request) => {
    const { bytes, services } = request;
    const parser = kept(parsers, JSON.stringify([request.file, request.choice]), () =>
      openFormat(request.choice),
    );
    const normalize = kept(normalizers, JSON.stringify([request.service, request.trustedProxies]), () =>
      createNormalizer({
        trusted: trustedProxies(request.trustedProxies),
        service: request.service,
        networks,
      }),
    );
    let rows = new Float64Array(Math.ceil(bytes.length / AVERAGE_LINE + 16) * FACT_STRIDE);
    const rejections: RejectedLine[] = [];
    let events = 0;
    let line = 0;
    let ignored = 0;
    let rejected = 0;
    let foreign = 0;
    let named = true;
    const reject = (reason: string, text: string) => {
      rejected++;
      if (rejections.length >= MAX_REJECTIONS) return;
      rejections.push({ line, reason, text: redactText(text.slice(0, MAX_REJECTED_CHARS)) ?? "" });
    };

    const take = (text: string, offset: number, length: number): void => {
      clearEvent(event);
      const result = length > MAX_LINE_BYTES ? "failed" : parser.parse(text, event);
      if (result === "ignored") ignored++;
      else if (result === "failed") {
        reject(
          length > MAX_LINE_BYTES ? "longer than 1 MiB" : `not of the format ${request.choice.format}`,
          text,
        );
      } else {
        normalize(event, fact);
        if (services !== undefined && !services.includes(event["service.name"] ?? "")) {
          foreign++;
          reject(`the key may not send for the service ${event["service.name"] ?? ""}`, text);
        } else {
          if (!event["event.id"] && !event.span_id) named = false;
          fact.line = line;
          fact.offset = offset;
          fact.length = length;
          // A record without a time happened when it arrived.
          if (Number.isNaN(fact.time)) {
            fact.time = request.observed;
            event.timestamp = request.observed;
          }
          const findings = inspect(event);
          noteFindings(fact, findings, payloadKey);
          event["http.route"] ??= routeOf(event["url.path"] ?? "");
          describe(event, networks);
          encoding = true;
          encoder.push(event, findings, {
            batch: request.batch,
            row: events,
            observed: request.observed,
            file: request.file,
            line: request.file === "" ? 0 : line + 1,
          });
          encoding = false;
          if ((events + 1) * FACT_STRIDE > rows.length) rows = grown(rows);
          writeFact(rows, events++, fact);
        }
      }
      line++;
    };
    encoding = false;
    forEachLine(bytes, (text, offset, length) => {
      try {
        take(text, offset, length);
      } catch (cause) {
        // A row that is written in part spoils the block: nothing of the batch is taken.
        if (encoding) {
          encoder = createEventEncoder();
          throw cause;
        }
        reject(`it broke the reader: ${cause instanceof Error ? cause.message : String(cause)}`, text);
        line++;
      }
    });

    const { payload, minTime, maxTime } = encoder.finish();
    return {
      events,
      minTime,
      maxTime,
      facts: rows.slice(0, events * FACT_STRIDE),
      payload,
      ignored,
      rejected,
      foreign,
      named: named && events > 0,
      rejections,
    };
  };
}

function kept<T>(cache: Map<string, T>, key: string, create: () => T): T {
  let value = cache.get(key);
  if (value === undefined) {
    if (cache.size >= MAX_PARSERS) cache.clear();
    value = create();
    cache.set(key, value);
  }
  return value;
}

function grown(rows: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(rows.length * 2);
  larger.set(rows);
  return larger;
}
