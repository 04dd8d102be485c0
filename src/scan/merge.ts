/** Several streams of facts → one, in order of event time. */
import { FACT_STRIDE } from "../fact.ts";
import type { FactStream } from "./stream.ts";

/** Rows `from` to `to` of one stream. */
export interface Part {
  readonly stream: FactStream;
  readonly rows: Float64Array;
  readonly from: number;
  readonly to: number;
}

export interface Waiting {
  readonly stream: FactStream;
  /** Of its first event, known before it is opened; NaN goes first. */
  readonly firstTime: number;
}

/**
 * Merges streams by event time, in runs of rows of one stream. A stream is opened only when its time has come, so
 * that a year of rotated files holds two of them open.
 */
export async function* inOrder(waiting: readonly Waiting[]): AsyncGenerator<Part> {
  const queue = [...waiting].sort((a, b) => timeOrFirst(a.firstTime) - timeOrFirst(b.firstTime));
  const open: FactStream[] = [];
  for (;;) {
    const head = earliest(open);
    const next = queue[0];
    if (next !== undefined && (head === undefined || timeOrFirst(next.firstTime) <= headTime(head))) {
      queue.shift();
      if (await next.stream.next()) open.push(next.stream);
      else await next.stream.close();
      continue;
    }
    if (head === undefined) return;
    const others = open.filter((stream) => stream !== head).map(headTime);
    if (next !== undefined) others.push(timeOrFirst(next.firstTime));
    const until = Math.min(...others);
    const { batch } = head;
    if (batch === undefined) continue;
    const from = head.row;
    let to = from + 1;
    if (until === Number.POSITIVE_INFINITY) to = batch.events;
    else while (to < batch.events && !(batch.rows[to * FACT_STRIDE] > until)) to++;
    yield { stream: head, rows: batch.rows, from, to };
    head.row = to;
    if (to < batch.events) continue;
    if (await head.next()) continue;
    await head.close();
    open.splice(open.indexOf(head), 1);
  }
}

function timeOrFirst(time: number): number {
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}

function headTime(stream: FactStream): number {
  const { batch } = stream;
  return batch === undefined ? Number.POSITIVE_INFINITY : timeOrFirst(batch.rows[stream.row * FACT_STRIDE]);
}

function earliest(open: readonly FactStream[]): FactStream | undefined {
  let first: FactStream | undefined;
  for (const stream of open) if (first === undefined || headTime(stream) < headTime(first)) first = stream;
  return first;
}
