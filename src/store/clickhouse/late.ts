/**
 * An engine that may be away: a server behind a URL that starts after us, or ends before us. It is made ready when it
 * first answers; until then whoever asks is told why not, and it is asked again after a rest.
 */
import { VedetteError } from "../../errors.ts";
import type { Engine } from "./engine.ts";

export interface LateEngine extends Engine {
  /** Why it could not be written to the last time; undefined while it can. */
  readonly away: string | undefined;
  /** Looks whether it is there, unless it was a moment ago. @throws VedetteError STORE_UNAVAILABLE */
  reach(): Promise<void>;
}

/** Milliseconds. */
const REST_MS = 1_000;
const LOOK_EVERY_MS = 5_000;

/**
 * @param prepare brings its schema up to date
 * @param clock milliseconds that only grow
 */
export function lateEngine(
  engine: Engine,
  prepare: () => Promise<void>,
  clock: () => number = () => performance.now(),
): LateEngine {
  let away: string | undefined;
  let reachedAt = Number.NEGATIVE_INFINITY;
  let ready = false;
  let preparing: Promise<void> | undefined;
  let failed: { readonly cause: unknown; readonly at: number } | undefined;

  async function noted<T>(run: () => Promise<T>): Promise<T> {
    try {
      const answer = await run();
      away = undefined;
      reachedAt = clock();
      return answer;
    } catch (cause) {
      if (cause instanceof VedetteError && cause.code === "STORE_UNAVAILABLE") away = cause.message;
      throw cause;
    }
  }

  function beReady(): Promise<void> {
    if (ready) return Promise.resolve();
    if (failed !== undefined && clock() - failed.at < REST_MS) return Promise.reject(failed.cause);
    preparing ??= noted(prepare)
      .then(
        () => {
          ready = true;
        },
        (cause: unknown) => {
          failed = { cause, at: clock() };
          away = cause instanceof Error ? cause.message : String(cause);
          throw cause;
        },
      )
      .finally(() => {
        preparing = undefined;
      });
    return preparing;
  }

  async function use<T>(run: () => Promise<T>): Promise<T> {
    await beReady();
    return noted(run);
  }

  return {
    place: engine.place,
    tokenSalt: engine.tokenSalt,
    get away() {
      return away;
    },
    async reach() {
      if (ready && away === undefined && clock() - reachedAt < LOOK_EVERY_MS) return;
      await use(() => engine.ask("SELECT 1"));
    },
    command: (sql, parameters) => use(() => engine.command(sql, parameters)),
    ask: (sql, parameters) => use(() => engine.ask(sql, parameters)),
    insert: (table, blocks, token) => use(() => engine.insert(table, blocks, token)),
    // A question that fails may be a bad one: it says nothing of the engine.
    readers: engine.readers.map((reader) => async (sql, parameters) => {
      await beReady();
      return reader(sql, parameters);
    }),
    close: () => engine.close(),
  };
}
