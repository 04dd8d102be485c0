/** Reads what one file has to give now: finds its format, then batch after batch, each taken before the next. */
import { forEachLine } from "../../files/lines.ts";
import { formatById } from "../../formats/table.ts";
import { deliver } from "../deliver.ts";
import { noteError } from "../health.ts";
import type { Quarantine } from "../quarantine.ts";
import type { createRecogniser } from "../recognise.ts";
import type { TailOptions } from "../tail.ts";
import { type Followed, headOf, lagOf, nextDocuments, nextLines, withHeader } from "./followed-file.ts";

export interface VisitContext extends Pick<TailOptions, "intake" | "retryAfter" | "service" | "services"> {
  readonly clock: () => number;
  readonly recognise: ReturnType<typeof createRecogniser>;
  readonly quarantine: Pick<Quarantine, "add"> | undefined;
  readonly partialAfter: number;
  readonly signal: AbortSignal;
  /** Puts the offsets of all files on disk. */
  readonly save: () => Promise<void>;
}

/** Batches of one file before the others have their turn. */
const MOST_BATCHES = 16;
const HEAD_BYTES = 1 << 18;

/** @returns true when there is more to read at once */
export async function visit(followed: Followed, context: VisitContext): Promise<boolean> {
  const { health } = followed;
  const choice = followed.choice ?? (await recogniseFile(followed, context));
  if (choice === undefined) return false;
  followed.choice = choice;
  const stateful = formatById(choice.format)?.stateful === true;
  let moved = false;
  for (let batches = 0; batches < MOST_BATCHES; batches++) {
    if (context.signal.aborted) return false;
    const quiet = context.clock() - followed.grownAt >= context.partialAfter;
    const chunk =
      choice.records === "documents" ? await nextDocuments(followed) : await nextLines(followed, quiet);
    if (chunk === undefined) {
      if (moved) await context.save();
      health.lag = lagOf(followed);
      if (health.state !== "stopped") health.state = "running";
      return false;
    }
    if ("tooLong" in chunk) {
      health.rejected++;
      context.quarantine?.add(health.source, "LINE_TOO_LONG", chunk.tooLong);
      continue;
    }
    const { bytes } = chunk;
    const before = followed.choice;
    if (stateful) followed.choice = withHeader(followed.choice, bytes);
    // What is about to be sent is on disk first: after a crash the same bytes come again under the same key.
    followed.pending = chunk.end;
    await context.save().catch((cause: unknown) => {
      // Its records were read and not sent: they are read again.
      followed.documents = undefined;
      throw cause;
    });
    const receipt = await deliver(
      {
        source: health.source,
        choice: { ...before, records: "lines" },
        bytes,
        key: `tail:${chunk.key}`,
        ...(context.service !== undefined && { service: context.service }),
        ...(context.services !== undefined && { services: context.services }),
      },
      { ...context, health },
    );
    if (receipt === undefined) return false;
    followed.pending = undefined;
    followed.offset = chunk.offset;
    followed.skip = chunk.skip;
    moved = true;
    health.lag = lagOf(followed);
  }
  if (moved) await context.save();
  return true;
}

/** Tried again each time the file has doubled: its first lines may be of a start-up, not of requests. */
async function recogniseFile(followed: Followed, context: VisitContext): Promise<Followed["choice"]> {
  const { health, size, unrecognised } = followed;
  if (size === 0 || (unrecognised > 0 && size < unrecognised * 2)) return undefined;
  const head = await headOf(followed.file, Math.min(size, HEAD_BYTES));
  const whole = head.subarray(0, head.lastIndexOf(10) + 1);
  const quiet = context.clock() - followed.grownAt >= context.partialAfter;
  const lines: string[] = [];
  forEachLine(whole.length === 0 && quiet ? head : whole, (line) => lines.push(line));
  if (lines.every((line) => line.trim() === "")) return undefined;
  const detection = context.recognise(lines);
  if (detection.found) {
    followed.unrecognised = 0;
    const { choice } = detection;
    return formatById(choice.format)?.stateful === true ? withHeader(choice, whole) : choice;
  }
  followed.unrecognised = size;
  noteError(health, "failing", new Error(detection.reason), context.clock());
  context.quarantine?.add(health.source, detection.reason, lines.find((line) => line.trim() !== "") ?? "");
  return undefined;
}
