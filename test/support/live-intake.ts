/** An intake that reads what it is given with the real parsers, keeps the events, and knows keys it has seen. */
import { appendFileSync, existsSync, readFileSync, truncateSync } from "node:fs";
import { forEachLine } from "../../src/capture/files/lines.ts";
import type { Intake, IntakeBatch, Receipt, Rejection } from "../../src/capture/live/intake.ts";
import { openFormat } from "../../src/capture/open-format.ts";
import { VedetteError } from "../../src/errors.ts";
import { type ApiEvent, emptyEvent } from "../../src/event.ts";

interface Kept extends Receipt {
  readonly batch: Omit<IntakeBatch, "bytes">;
  readonly lines: readonly string[];
}

export interface LiveIntake extends Intake {
  readonly batches: Kept[];
  readonly events: ApiEvent[];
  /** Lines of accepted events, in order. */
  readonly lines: string[];
  /** Refuses so many batches from now on. */
  refuse: number;
}

/** @param file the record of what was taken, on disk: it outlives the process as a journal does */
export function liveIntake(file?: string): LiveIntake {
  const answered = new Map<string, Receipt>();
  if (file !== undefined) {
    for (const [key, receipt] of readRecord(file)) answered.set(key, receipt);
    cutTorn(file);
  }
  const intake: LiveIntake = {
    batches: [],
    events: [],
    lines: [],
    refuse: 0,
    async accept({ bytes, ...batch }) {
      if (intake.refuse > 0) {
        intake.refuse--;
        throw new VedetteError("JOURNAL_BUSY", "too much waits for the disk");
      }
      const known = batch.key === undefined ? undefined : answered.get(batch.key);
      if (known !== undefined) return known;
      const kept = read(batch, bytes);
      // As the real one does, it takes the buffer for itself.
      structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
      const { accepted, ignored, rejected, foreign, rejections } = kept;
      const receipt = { accepted, ignored, rejected, foreign, rejections };
      if (file !== undefined)
        appendFileSync(file, `${JSON.stringify({ key: batch.key, receipt, lines: kept.lines })}\n`);
      if (batch.key !== undefined) answered.set(batch.key, receipt);
      intake.batches.push({ ...kept, batch });
      intake.events.push(...kept.events);
      intake.lines.push(...kept.lines);
      return receipt;
    },
  };
  return intake;
}

function read(batch: Omit<IntakeBatch, "bytes">, bytes: Uint8Array) {
  const parser = openFormat(batch.choice);
  const events: ApiEvent[] = [];
  const lines: string[] = [];
  const rejections: Rejection[] = [];
  let ignored = 0;
  let number = 0;
  forEachLine(bytes, (line) => {
    const event = emptyEvent();
    const result = parser.parse(line, event);
    if (result === "event") {
      events.push(event);
      lines.push(line);
    } else if (result === "ignored") ignored++;
    else rejections.push({ line: number, reason: "LINE_UNREADABLE" });
    number++;
  });
  const counts = { accepted: events.length, ignored, rejected: rejections.length, foreign: 0 };
  return { batch, events, lines, ...counts, rejections };
}

/** What a record on disk says was taken; a torn last line was not. */
export function readRecord(file: string): [string, Receipt, string[]][] {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const { key, receipt, lines } = JSON.parse(line) as { key: string; receipt: Receipt; lines: string[] };
      return [key, receipt, lines];
    });
}

function cutTorn(file: string): void {
  if (!existsSync(file)) return;
  truncateSync(file, readFileSync(file).lastIndexOf(10) + 1);
}

/** A line of nginx's combined format whose path names a number. */
export function accessLine(n: number, path = "/orders"): string {
  const second = String(n % 60).padStart(2, "0");
  return `203.0.113.${n % 250} - - [23/Nov/2026:10:${String(Math.floor(n / 60) % 60).padStart(2, "0")}:${second} +0000] "GET ${path}/${n} HTTP/1.1" 200 ${100 + n} "-" "curl/8.5"`;
}
