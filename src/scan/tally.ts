/** Lines, fields and times of all inputs together, and what each input gave. */
import type { Probed } from "../capture/files/probe.ts";
import { VedetteError } from "../errors.ts";
import type { EventField } from "../event.ts";
import { type FactBatch, PRESENCE_FIELDS } from "../pipeline.ts";
import type { InputSummary, Problem } from "../report/model.ts";
import { problemOf } from "./problems.ts";

export interface Progress {
  readonly bytesRead: number;
  /** NaN when an input has no size. */
  readonly bytesTotal: number;
  readonly lines: number;
}

export type Tally = ReturnType<typeof createTally>;

export function createTally(probed: readonly Probed[], problems: Problem[]) {
  const counts = probed.map(() => ({ lines: 0, parsed: 0, ignored: 0, skipped: 0 }));
  const present = new Float64Array(PRESENCE_FIELDS.length);
  const bytesTotal = probed.reduce((sum, { input }) => sum + (input.size ?? Number.NaN), 0);
  let bytesRead = 0;
  let lines = 0;
  let firstTime = Number.NaN;
  let lastTime = Number.NaN;

  return {
    read(bytes: number) {
      bytesRead += bytes;
    },
    time(time: number) {
      if (!(time >= firstTime)) firstTime = Number.isNaN(time) ? firstTime : time;
      if (!(time <= lastTime)) lastTime = Number.isNaN(time) ? lastTime : time;
    },
    batch(id: number, batch: FactBatch, skipped: number, firstLine: number) {
      const count = counts[id];
      if (count === undefined) return;
      if (count.skipped === 0) noteFailures(id, batch, skipped, firstLine);
      count.lines += batch.lines + skipped;
      count.parsed += batch.events;
      count.ignored += batch.ignored;
      count.skipped += batch.failed + skipped;
      lines += batch.lines + skipped;
      for (let i = 0; i < present.length; i++) present[i] += batch.present[i];
    },
    progress: (): Progress => ({ bytesRead, bytesTotal, lines }),
    share(field: EventField): number {
      const index = (PRESENCE_FIELDS as readonly EventField[]).indexOf(field);
      const parsed = counts.reduce((sum, count) => sum + count.parsed, 0);
      return index === -1 || parsed === 0 ? 0 : present[index] / parsed;
    },
    summary() {
      const inputs: InputSummary[] = probed.map((source, id) => ({
        file: source.input.name,
        format: source.choice.format,
        title: source.title,
        evidence: source.evidence,
        mapping: source.mapping,
        lines: counts[id]?.lines ?? 0,
        parsed: counts[id]?.parsed ?? 0,
        skipped: counts[id]?.skipped ?? 0,
      }));
      const sum = (of: "lines" | "parsed" | "ignored" | "skipped") =>
        counts.reduce((total, count) => total + count[of], 0);
      return {
        inputs,
        lines: sum("lines"),
        parsed: sum("parsed"),
        ignored: sum("ignored"),
        skipped: sum("skipped"),
        firstTime,
        lastTime,
      };
    },
  };

  /** The first lines of an input that fit no format are told by number; the rest is only counted. */
  function noteFailures(id: number, batch: FactBatch, skipped: number, firstLine: number): void {
    const name = probed[id]?.input.name ?? "";
    if (skipped > 0) {
      problems.push(
        problemOf(
          new VedetteError("LINE_TOO_LONG", `A line before line ${firstLine} is longer than 1 MiB.`, name),
        ),
      );
    }
    const [first] = batch.failures;
    if (first === undefined) return;
    const where = batch.failures.map((line) => firstLine + line).join(", ");
    const more =
      batch.failed > batch.failures.length ? ` and ${batch.failed - batch.failures.length} more` : "";
    problems.push(
      problemOf(
        new VedetteError(
          "LINE_UNREADABLE",
          `Line ${where}${more} fit${batch.failed === 1 ? "s" : ""} no known format.`,
          name,
        ),
      ),
    );
  }
}
