/** What is done again and again beside the events: each duty on its own, never twice at once, failures told once. */
import { setTimeout as sleep } from "node:timers/promises";
import type { LiveLog } from "./live.ts";

export interface Duty {
  readonly name: string;
  /** Milliseconds from the end of one run to the next; after failures up to MOST_PATIENCE times as long. */
  readonly every: number;
  run(): Promise<void>;
}

export interface Duties {
  /** Runs it once more after what is running. @throws what the duty throws */
  now(name: string): Promise<void>;
  /** Waits for what is running. */
  stop(): Promise<void>;
}

const MOST_PATIENCE = 16;

export function createDuties(log: LiveLog, duties: readonly Duty[]): Duties {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();

  /** One after the other, whoever asks. */
  function once(duty: Duty): Promise<void> {
    const before = running.get(duty.name) ?? Promise.resolve();
    const run = before.catch(() => {}).then(() => duty.run());
    running.set(duty.name, run);
    return run;
  }

  async function keep(duty: Duty): Promise<void> {
    let patience = 1;
    for (;;) {
      await sleep(duty.every * patience, undefined, { signal: stopping.signal });
      try {
        await once(duty);
        if (patience > 1) log("info", `${duty.name} works again`);
        patience = 1;
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        if (patience === 1) log("error", `${duty.name} failed; it is tried again`, { reason });
        patience = Math.min(MOST_PATIENCE, patience * 2);
      }
    }
  }

  for (const duty of duties) {
    keep(duty).catch((cause: unknown) => {
      if (!stopping.signal.aborted) throw cause;
    });
  }
  return {
    async now(name) {
      const duty = duties.find((each) => each.name === name);
      if (duty !== undefined) await once(duty);
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(running.values());
    },
  };
}
