/** What the journal tells of itself; counters since it was opened, except those that say otherwise. */
export interface JournalMetrics {
  batches: number;
  events: number;
  /** Bytes on disk through acknowledged batches, frames included. */
  bytes: number;
  /** Each one fdatasync, shared by all batches that waited for it. */
  syncs: number;
  /** Now waiting for the disk. */
  waiting: number;
  waitingBytes: number;
  /** Batches turned away because too much was waiting, and because the disk failed. */
  refusedBusy: number;
  refusedFailing: number;
  /** Batches turned away because the store has not taken what the journal holds. */
  refusedFull: number;
  /** Bytes of frames in segments that the store has not taken yet. */
  backlogBytes: number;
  /** Failed writes and syncs. */
  failures: number;
  /** Now: the disk takes nothing. */
  failing: boolean;
  /** Bytes cut after a crash, and bytes found damaged. */
  cut: number;
  damaged: number;
}

export function emptyMetrics(): JournalMetrics {
  return {
    batches: 0,
    events: 0,
    bytes: 0,
    syncs: 0,
    waiting: 0,
    waitingBytes: 0,
    refusedBusy: 0,
    refusedFailing: 0,
    refusedFull: 0,
    backlogBytes: 0,
    failures: 0,
    failing: false,
    cut: 0,
    damaged: 0,
  };
}
