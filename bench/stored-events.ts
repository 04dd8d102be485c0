/** Simulated traffic on its way to the store: parsed, normalised, inspected, redacted, encoded in batches. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { openFormat } from "../src/capture/open-format.ts";
import { type ApiEvent, emptyEvent, type Finding } from "../src/event.ts";
import { emptyFact } from "../src/fact.ts";
import { inspect } from "../src/inspect/inspect.ts";
import { trustedProxies } from "../src/normalize/client-address.ts";
import { describe } from "../src/normalize/describe.ts";
import { openNetworks } from "../src/normalize/networks.ts";
import { createNormalizer } from "../src/normalize/normalize.ts";
import { shapeSegments } from "../src/normalize/route.ts";
import type { StoreBatch } from "../src/store/contract.ts";
import { createBatchIds } from "../src/store/events/batch-id.ts";
import { createEventEncoder } from "../src/store/events/encode-events.ts";

export interface EncodedTraffic {
  readonly batches: readonly StoreBatch[];
  readonly events: number;
  /** Of the lines as they came, and of the blocks. */
  readonly lineBytes: number;
  readonly blockBytes: number;
  /** CPU microseconds an event: pushing into columns and writing blocks. */
  readonly encode: number;
}

const BATCH = 500;

/** @param lines NDJSON of `vedette simulate --format vedette`; @param geo folder of the network database */
export async function encodeTraffic(lines: string, geo: string): Promise<EncodedTraffic> {
  const options = { zoneMinutes: 0, newest: Date.now() };
  const parser = openFormat({
    format: "vedette",
    envelope: "none",
    options,
    records: "lines",
    fallbacks: [],
  });
  const networks = openNetworks({ folder: geo });
  const normalize = createNormalizer({ trusted: trustedProxies([]), service: "unknown", networks });
  const encoder = createEventEncoder();
  let observed = 0;
  const nextBatch = createBatchIds(() => observed);
  const fact = emptyFact();
  const batches: StoreBatch[] = [];
  let waiting: { event: ApiEvent; findings: readonly Finding[] }[] = [];
  let events = 0;
  let lineBytes = 0;
  let blockBytes = 0;
  let spent = 0;

  function encode(): void {
    observed = waiting.at(-1)?.event.timestamp ?? observed;
    const batch = nextBatch();
    const before = process.cpuUsage();
    for (const [row, { event, findings }] of waiting.entries())
      encoder.push(event, findings, { batch, row, observed, file: "", line: 0 });
    const block = encoder.finish();
    const { user, system } = process.cpuUsage(before);
    spent += user + system;
    batches.push({ batch, ...block });
    blockBytes += block.payload.length;
    waiting = [];
  }

  for await (const line of createInterface({ input: createReadStream(lines) })) {
    const event = emptyEvent();
    if (parser.parse(line, event) !== "event") continue;
    normalize(event, fact);
    const findings = inspect(event);
    describe(event, networks);
    event["http.route"] ??= `/${shapeSegments(event["url.path"] ?? "").join("/")}`;
    waiting.push({ event, findings });
    events++;
    lineBytes += line.length + 1;
    if (waiting.length === BATCH) encode();
  }
  if (waiting.length > 0) encode();
  return { batches, events, lineBytes, blockBytes, encode: spent / events };
}
