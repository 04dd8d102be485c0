/** The sample of a data folder on which no server runs: opened, removed, closed. */
import { type LiveLog, openLive } from "../live/live.ts";
import type { Retention } from "../store/contract.ts";
import { lockFolder } from "../store/folder-lock.ts";
import { hasSample, openSample, type SampleState } from "./sample.ts";

export interface StoredSample {
  readonly folder: string;
  readonly storeUrl: string | undefined;
  readonly recordsUrl: string | undefined;
  readonly service: string;
  readonly retention: Retention;
  readonly budgetBytes: number;
}

/**
 * @returns what there was of it before
 * @throws VedetteError DATA_FOLDER_IN_USE, STORE_ENGINE_MISSING, STORE_UNAVAILABLE, RECORDS_UNAVAILABLE, JOURNAL_UNWRITABLE
 */
export async function removeStoredSample(options: StoredSample, log: LiveLog): Promise<SampleState> {
  const unlock = lockFolder(options.folder);
  try {
    const now = Date.now;
    const live = await openLive({ ...options, threads: 1, trustedProxies: [], sample: hasSample, now, log });
    try {
      const sample = await openSample(live, { wanted: false, sourcesNamed: false }, now, log);
      const before = sample.state;
      await sample.remove();
      await sample.close();
      return before;
    } finally {
      await live.close();
    }
  } finally {
    unlock();
  }
}
