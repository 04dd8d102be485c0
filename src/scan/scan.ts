/**
 * `scan`: files → incidents. Wires the stages for history, as `server.ts` will for live traffic: it finds and opens
 * the inputs, merges their facts by time, and runs the one engine over them.
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { discoverInputs, type Input } from "../capture/files/discover.ts";
import { type Probed, probe } from "../capture/files/probe.ts";
import type { FieldMapping } from "../capture/format.ts";
import { formatById } from "../capture/formats/table.ts";
import { createExceptions } from "../correlate/exceptions.ts";
import { correlate } from "../correlate/incidents.ts";
import type { DetectionSettings } from "../correlate/settings.ts";
import type { Descriptor, Detector } from "../detect/detector.ts";
import { DETECTORS } from "../detect/detectors.ts";
import { createEngine, DEFAULT_LIMITS } from "../detect/engine.ts";
import { createTimeline, noteEvent } from "../detect/timeline.ts";
import { DIST_FOLDER } from "../dist-folder.ts";
import { ERRORS, VedetteError } from "../errors.ts";
import { ATTACK_SCORE, type EventField } from "../event.ts";
import { emptyFact, readFact } from "../fact.ts";
import { trustedProxies } from "../normalize/client-address.ts";
import { type Networks, openNetworks } from "../normalize/networks.ts";
import { createNormalizer } from "../normalize/normalize.ts";
import type { PipelineSettings } from "../pipeline.ts";
import { createInlinePool, createThreadPool, type PipelinePool } from "../pipeline-pool.ts";
import { blindSpots } from "../report/blind-spots.ts";
import type { Problem, ScanResult } from "../report/model.ts";
import { inOrder, type Waiting } from "./merge.ts";
import { asError, problemOf } from "./problems.ts";
import { createRecordReader } from "./record.ts";
import { servicesOf } from "./services.ts";
import { type FactStream, openStream } from "./stream.ts";
import { createTally, type Progress, type Tally } from "./tally.ts";

export interface ScanOptions {
  /** Files, folders, globs, "-". */
  readonly names: readonly string[];
  /** A format's name, a log_format string, or "auto". */
  readonly format: string;
  readonly mapping: FieldMapping;
  readonly service: string;
  readonly trustedProxies: readonly string[];
  readonly zoneMinutes: number;
  /** Threads for the first half; undefined chooses by size and cores, 0 uses none. */
  readonly threads: number | undefined;
  readonly countryFile?: string;
  readonly systemFile?: string;
  readonly detectors?: readonly Detector[];
  /** What people set; without it detectors run as published. */
  readonly detection?: DetectionSettings | undefined;
  /** Milliseconds since the epoch: the newest time for inputs without an mtime. */
  readonly now: number;
  readonly onProgress?: (progress: Progress) => void;
}

/** Smaller work than this is done before a thread has started. */
const WORTH_THREADS_BYTES = 12 * (1 << 20);
const MOST_THREADS = 8;
/** A compressed file holds about this many times its bytes. */
const COMPRESSION = 10;
const MOST_PROBLEMS = 1000;

/** @throws VedetteError when nothing at all could be scanned, or an option is wrong */
export async function scan(options: ScanOptions): Promise<ScanResult> {
  const started = performance.now();
  const { inputs, failures } = discoverInputs(options.names);
  const problems: Problem[] = failures.map(problemOf);
  const probed: Probed[] = [];
  for (const input of inputs) {
    try {
      probed.push(await probe(input, options));
    } catch (cause) {
      const error = asError(cause, input);
      if (ERRORS[error.code].exit === 2) throw error;
      problems.push(problemOf(error));
    }
  }
  const [firstFailure] = problems;
  if (probed.length === 0) {
    if (firstFailure === undefined) throw new VedetteError("USAGE", "No input was named.");
    throw new VedetteError(firstFailure.code, firstFailure.message, firstFailure.input);
  }

  const settings: PipelineSettings = {
    trustedProxies: options.trustedProxies,
    service: options.service,
    networks: {
      folder: join(DIST_FOLDER, "geo"),
      ...(options.countryFile === undefined ? {} : { countryFile: options.countryFile }),
      ...(options.systemFile === undefined ? {} : { systemFile: options.systemFile }),
    },
  };
  const networks = openNetworks(settings.networks);
  const pool = createPool(options, probed, settings, networks);
  try {
    return await run(options, probed, pool, settings, networks, problems, started);
  } finally {
    await pool.end();
  }
}

async function run(
  options: ScanOptions,
  probed: readonly Probed[],
  pool: PipelinePool,
  settings: PipelineSettings,
  networks: Networks,
  problems: Problem[],
  started: number,
): Promise<ScanResult> {
  const detectors = options.detectors ?? DETECTORS;
  const engine = createEngine(detectors, DEFAULT_LIMITS);
  const { detection } = options;
  if (detection !== undefined) engine.configure(detection.detectors);
  const timeline = createTimeline();
  const tally = createTally(probed, problems);
  const streams = openStreams(probed, pool, tally, problems);
  const fact = emptyFact();
  const normalize = createNormalizer({
    trusted: trustedProxies(settings.trustedProxies),
    service: settings.service,
    networks,
  });
  let stream: FactStream | undefined;

  const record = createRecordReader(fact, () => stream, normalize, networks);

  for await (const part of inOrder(streams)) {
    stream = part.stream;
    const rows = part.rows;
    for (let row = part.from; row < part.to; row++) {
      stream.row = row;
      readFact(rows, row, fact);
      noteEvent(timeline, fact.time, fact.status, fact.findingScore >= ATTACK_SCORE);
      tally.time(fact.time);
      engine.accept(fact, record);
    }
    options.onProgress?.(tally.progress());
  }
  engine.end();

  const descriptors = new Map<string, Descriptor>(
    detectors.map(({ descriptor }) => [descriptor.id, descriptor]),
  );
  const { incidents, detections } = correlate(engine.verdicts, {
    descriptors,
    explain: engine.explain,
    networks,
    expected: detection && createExceptions(detection.exceptions),
  });
  return {
    ...tally.summary(),
    incidents,
    detections,
    blindSpots: blindSpots({
      share: tally.share,
      advice: adviceOf(probed),
      descriptors: [...descriptors.values()],
    }),
    timeline: { ...timeline },
    services: servicesOf(engine),
    problems,
    elapsedMs: performance.now() - started,
  };
}

function openStreams(
  probed: readonly Probed[],
  pool: PipelinePool,
  tally: Tally,
  problems: Problem[],
): Waiting[] {
  return probed.map((source, id) => ({
    firstTime: source.firstTime,
    stream: openStream(id, source, pool, {
      onBatch: (batch, skipped, firstLine) => tally.batch(id, batch, skipped, firstLine),
      onRead: tally.read,
      onFailure: (cause) => {
        if (problems.length < MOST_PROBLEMS) problems.push(problemOf(asError(cause, source.input)));
      },
    }),
  }));
}

function createPool(
  options: ScanOptions,
  probed: readonly Probed[],
  settings: PipelineSettings,
  networks: Networks,
): PipelinePool {
  const size = probed.reduce((sum, { input }) => sum + weight(input), 0);
  const spare = Math.min(MOST_THREADS, availableParallelism() - 1);
  const threads = options.threads ?? (size >= WORTH_THREADS_BYTES ? spare : 0);
  return threads > 0
    ? createThreadPool(join(DIST_FOLDER, "pipeline-worker.js"), threads, settings)
    : createInlinePool(settings, networks);
}

function weight(input: Input): number {
  if (input.size === undefined) return WORTH_THREADS_BYTES;
  return /\.(?:gz|zst)$/.test(input.path) ? input.size * COMPRESSION : input.size;
}

function adviceOf(probed: readonly Probed[]): Partial<Record<EventField, string>> {
  const advice: Partial<Record<EventField, string>> = {};
  for (const { choice } of probed) Object.assign(advice, formatById(choice.format)?.advice);
  return advice;
}
