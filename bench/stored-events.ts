/** Simulated traffic on its way to the store: parsed, normalised, inspected, redacted, encoded, a file a segment. */
import { createReadStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { clearEvent } from "../src/capture/formats/clear-event.ts";
import { openFormat } from "../src/capture/open-format.ts";
import { emptyEvent } from "../src/event.ts";
import { emptyFact } from "../src/fact.ts";
import { inspect } from "../src/inspect/inspect.ts";
import { trustedProxies } from "../src/normalize/client-address.ts";
import { describe } from "../src/normalize/describe.ts";
import { openNetworks } from "../src/normalize/networks.ts";
import { createNormalizer } from "../src/normalize/normalize.ts";
import { createBatchIds } from "../src/store/events/batch-id.ts";
import { createEventEncoder } from "../src/store/events/encode-events.ts";

export interface Segments {
  readonly files: readonly string[];
  readonly events: number;
  /** Of the lines as they came, and of the blocks. */
  readonly lineBytes: number;
  readonly blockBytes: number;
  /** CPU microseconds an event: pushing into columns and writing blocks. */
  readonly encode: number;
  /** The same for blocks alone. */
  readonly findings: number;
}

const BATCH = 500;
const SEGMENT = 60_000;

/** @param lines NDJSON of `vedette simulate --format vedette` */
export async function writeSegments(
  lines: string,
  folder: string,
  geo: string,
  limit: number,
): Promise<Segments> {
  const parser = openFormat({
    format: "vedette",
    envelope: "none",
    options: { zoneMinutes: 0, newest: Date.now() },
    records: "lines",
    fallbacks: [],
  });
  const normalize = createNormalizer({ trusted: trustedProxies([]), service: "unknown" });
  const networks = openNetworks({ folder: geo });
  const encoder = createEventEncoder();
  const nextBatch = createBatchIds(() => Date.now());
  const event = emptyEvent();
  const fact = emptyFact();
  const files: string[] = [];
  let blocks: Uint8Array[] = [];
  let inSegment = 0;
  let events = 0;
  let lineBytes = 0;
  let blockBytes = 0;
  let found = 0;
  let batch = nextBatch();
  let spent = 0n;
  const close = () => {
    const path = join(folder, `${files.length}.native`);
    writeFileSync(path, Buffer.concat(blocks));
    files.push(path);
    blocks = [];
    inSegment = 0;
  };
  const finish = () => {
    const { payload } = encoder.finish();
    blocks.push(payload);
    blockBytes += payload.length;
    batch = nextBatch();
  };
  for await (const line of createInterface({ input: createReadStream(lines) })) {
    clearEvent(event);
    if (parser.parse(line, event) !== "event") continue;
    normalize(event, fact);
    const findings = inspect(event);
    describe(event, networks);
    lineBytes += line.length + 1;
    found += findings.length > 0 ? 1 : 0;
    const before = process.hrtime.bigint();
    encoder.push(event, findings, { batch, row: encoder.events, observed: Date.now(), file: "", line: 0 });
    if (encoder.events === BATCH) finish();
    spent += process.hrtime.bigint() - before;
    inSegment++;
    if (inSegment >= SEGMENT && encoder.events === 0) close();
    if (++events >= limit) break;
  }
  if (encoder.events > 0) finish();
  if (blocks.length > 0) close();
  return { files, events, lineBytes, blockBytes, encode: Number(spent) / 1000 / events, findings: found };
}
