/** Who acts next: a binary heap of actors by time. Ties keep the order of the heap, which is itself determined. */
import type { Actor } from "./actor.ts";
import type { Episode } from "./labels.ts";

interface Turn {
  at: number;
  readonly actor: Actor;
  readonly episode: Episode | undefined;
}

export class Timeline {
  readonly #heap: Turn[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** Time of the next turn; infinity when nobody waits. */
  get next(): number {
    return this.#heap.length === 0 ? Number.POSITIVE_INFINITY : this.#heap[0].at;
  }

  get episode(): Episode | undefined {
    return this.#heap[0].episode;
  }

  add(at: number, actor: Actor, episode: Episode | undefined): void {
    const heap = this.#heap;
    const turn = { at, actor, episode };
    let i = heap.length;
    heap.push(turn);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (heap[parent].at <= at) break;
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = turn;
  }

  /** Lets the first actor take its turn and puts it back where its next wish belongs. */
  advance(): void {
    const turn = this.#heap[0];
    const step = turn.actor.next();
    if (step.done === true) {
      const last = this.#heap.pop();
      if (last === undefined || this.#heap.length === 0 || last === turn) return;
      this.#heap[0] = last;
    } else if (step.value > turn.at) {
      turn.at = step.value;
    }
    this.#sink();
  }

  #sink(): void {
    const heap = this.#heap;
    const turn = heap[0];
    const { length } = heap;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= length) break;
      if (child + 1 < length && heap[child + 1].at < heap[child].at) child++;
      if (heap[child].at >= turn.at) break;
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = turn;
  }
}
