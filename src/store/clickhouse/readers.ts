/**
 * Questions share a few connections: each answers one at a time, the rest wait their turn up to a limit. Few,
 * because chDB answers on the threads that the journal's syncs run on too.
 */
import { VedetteError } from "../../errors.ts";
import type { Answer } from "../contract.ts";
import type { Parameters, Reader } from "./engine.ts";
import { checkReadOnly } from "./read-only.ts";

export interface Readers {
  /** @throws VedetteError QUERY_REFUSED, QUERY_TOO_EXPENSIVE, STORE_BUSY, STORE_UNAVAILABLE */
  ask(sql: string, parameters?: Parameters): Promise<Answer>;
  readonly waiting: number;
}

export function shareReaders(readers: readonly Reader[], maxWaiting: number): Readers {
  const idle = [...readers];
  const waiting: ((reader: Reader) => void)[] = [];

  function take(): Promise<Reader> {
    const reader = idle.pop();
    if (reader !== undefined) return Promise.resolve(reader);
    return new Promise((resolve) => waiting.push(resolve));
  }

  return {
    async ask(sql, parameters = {}) {
      checkReadOnly(sql);
      if (idle.length === 0 && waiting.length >= maxWaiting)
        throw new VedetteError("STORE_BUSY", `${waiting.length} questions wait for the store already`);
      const reader = await take();
      try {
        return await reader(sql, parameters);
      } finally {
        const next = waiting.shift();
        if (next === undefined) idle.push(reader);
        else next(reader);
      }
    },
    get waiting() {
      return waiting.length;
    },
  };
}
