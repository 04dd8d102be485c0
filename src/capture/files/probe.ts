/** The head of an input: what format it is, and when it begins. */

import { VedetteError } from "../../errors.ts";
import type { EventField } from "../../event.ts";
import { emptyEvent } from "../../event.ts";
import { detectFormat } from "../detect-format.ts";
import type { FieldMapping, FormatChoice } from "../format.ts";
import { formatById } from "../formats/table.ts";
import { openFormat } from "../open-format.ts";
import { resolveFormat } from "../resolve-format.ts";
import type { Input } from "./discover.ts";
import { STANDARD_INPUT } from "./discover.ts";
import { forEachLine } from "./lines.ts";
import { openInput, type Pieces } from "./open.ts";

export interface ProbeOptions {
  /** `--format`: a format's name or a log_format string; "auto" to find it out. */
  readonly format: string;
  readonly mapping: FieldMapping;
  readonly zoneMinutes: number;
  /** Stands for the newest time of inputs that have no mtime. */
  readonly now: number;
}

export interface Probed {
  readonly input: Input;
  readonly choice: FormatChoice;
  readonly title: string;
  readonly evidence: string;
  readonly mapping: Readonly<Record<string, string>>;
  readonly stateful: boolean;
  /** Of the first event that has one; NaN when none of the head has. */
  readonly firstTime: number;
  readonly provides: readonly EventField[];
  /** For an input that can be read only once: all of it, the head again first. */
  readonly pieces: Pieces | undefined;
}

const HEAD_BYTES = 1 << 18;
const HEAD_LINES = 400;

/** @throws VedetteError INPUT_EMPTY, INPUT_NOT_A_LOG, INPUT_UNREADABLE, FORMAT_UNKNOWN, FORMAT_STRING_INVALID */
export async function probe(input: Input, options: ProbeOptions): Promise<Probed> {
  const head: Uint8Array[] = [];
  const iterator = openInput(input)[Symbol.asyncIterator]();
  let size = 0;
  let failure: unknown;
  try {
    while (size < HEAD_BYTES) {
      const next = await iterator.next();
      if (next.done) break;
      head.push(next.value);
      size += next.value.length;
    }
  } catch (cause) {
    // What came before the damage may still be a log; the scan meets the damage again and reports it.
    if (size === 0) throw cause;
    failure = cause;
  }
  const once = input.path === STANDARD_INPUT;
  if (!once) await iterator.return?.(undefined);
  const lines = headLines(head, size >= HEAD_BYTES && failure === undefined);
  if (lines.every((line) => line.trim() === "")) {
    throw new VedetteError("INPUT_EMPTY", "There are no lines in it.", input.name);
  }
  const newest = Number.isNaN(input.modified) ? options.now : input.modified;
  const base = { zoneMinutes: options.zoneMinutes, newest, mapping: options.mapping };
  const only = options.format === "auto" ? undefined : resolveFormat(options.format, base);
  const detection = only === undefined ? detectFormat(lines, base) : only(lines);
  if (!detection.found) throw new VedetteError("INPUT_NOT_A_LOG", detection.reason, input.name);
  const format = formatById(detection.choice.format);
  const mapping: Record<string, string> = {};
  for (const { field, path } of detection.mapping) mapping[field] = path;
  return {
    input,
    choice: detection.choice,
    title: format?.title ?? detection.choice.format,
    evidence: detection.evidence,
    mapping,
    stateful: format?.stateful === true,
    firstTime: firstTimeIn(lines, detection.choice),
    provides: format?.provides ?? [],
    pieces: once ? again(head, iterator) : undefined,
  };
}

async function* again(
  head: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* head;
  for (;;) {
    const next = await rest.next();
    if (next.done) return;
    yield next.value;
  }
}

function headLines(head: readonly Uint8Array[], cut: boolean): string[] {
  const lines: string[] = [];
  forEachLine(Buffer.concat(head).subarray(0, HEAD_BYTES), (line) => lines.push(line));
  if (cut && lines.length > 1) lines.pop();
  return lines.slice(0, HEAD_LINES);
}

function firstTimeIn(lines: readonly string[], choice: FormatChoice): number {
  if (choice.records === "documents") return Number.NaN;
  const parser = openFormat(choice);
  for (const line of lines) {
    const event = emptyEvent();
    if (parser.parse(line, event) === "event" && !Number.isNaN(event.timestamp)) return event.timestamp;
  }
  return Number.NaN;
}
