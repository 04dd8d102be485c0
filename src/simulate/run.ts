/** Writes a run to files: lines in one format, labels beside them. */
import { VedetteError } from "../errors.ts";
import { EventLabels } from "./event-labels.ts";
import type { SimulateOptions } from "./options.ts";
import { Output } from "./output.ts";
import { simulate } from "./simulate.ts";
import { TextFile } from "./text-file.ts";
import { WRITERS } from "./writers/table.ts";
import type { Writer } from "./writers/writer.ts";

export interface RunOptions extends Omit<SimulateOptions, "detail"> {
  readonly format: string;
  /** A path, gzipped when it ends in .gz; "-" for standard output. */
  readonly out: string;
  readonly labels?: string;
  readonly eventLabels?: string;
  readonly logUsers: boolean;
  /** Start a new file after so many megabytes: the first is `out`, then out.1, out.2, … in order of time. */
  readonly rotateMb?: number;
}

export interface RunResult {
  readonly lines: number;
  readonly bytes: number;
  readonly files: readonly string[];
  readonly attacks: number;
}

/** Characters gathered before they are handed on. */
const CHUNK = 64 * 1024;

/** Throws VedetteError: USAGE, FORMAT_UNKNOWN, OUTPUT_UNWRITABLE. */
export async function run(options: RunOptions): Promise<RunResult> {
  const writer = writerNamed(options.format);
  const simulation = simulate({ ...options, detail: writer.detail });
  const output = new Output(options.out, writer, options);
  const marks =
    options.eventLabels === undefined
      ? undefined
      : new EventLabels(options.eventLabels, output, options.rotateMb !== undefined);
  let chunk = "";
  let count = 0;
  for (const request of simulation.requests()) {
    const line = output.line(request);
    chunk += line;
    count++;
    marks?.add(line, request.label);
    if (chunk.length < CHUNK) continue;
    const pressure = output.write(chunk);
    chunk = "";
    if (pressure !== undefined) await pressure;
    if (output.closed) break;
  }
  output.write(chunk);
  await output.end();
  marks?.close();

  const labels = simulation.labels();
  if (options.labels !== undefined) {
    const file = new TextFile(options.labels);
    for (const label of labels) file.add(JSON.stringify(label));
    file.close();
  }
  const attacks = labels.filter((label) => "attack" in label).length;
  return { lines: count, bytes: output.bytes, files: output.files, attacks };
}

function writerNamed(name: string): Writer {
  const writer = WRITERS.find((w) => w.name === name);
  if (writer !== undefined) return writer;
  throw new VedetteError(
    "FORMAT_UNKNOWN",
    `No format named "${name}"; simulate writes ${WRITERS.map((w) => w.name).join(", ")}.`,
    name,
  );
}
