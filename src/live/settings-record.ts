/**
 * Settings of detectors as a record of the journal, among the events: a restart that replays the journal applies a
 * change where it was applied, so that it makes the same verdicts.
 */
import type { DetectorSettings } from "../detect/settings.ts";
import type { JournalRecord } from "../journal/frame.ts";
import type { WatchedBatch } from "./watch.ts";

/** No batch of events has this number; the store passes over what has no events. */
const SETTINGS_BATCH = 0n;
const NOTHING = new Uint8Array(0);

export function settingsRecord(settings: DetectorSettings): JournalRecord {
  return {
    batch: SETTINGS_BATCH,
    events: 0,
    minTime: Number.NaN,
    maxTime: Number.NaN,
    key: "",
    facts: NOTHING,
    payload: Buffer.from(JSON.stringify(settings)),
  };
}

export function isSettings({ batch }: Pick<WatchedBatch, "batch">): boolean {
  return batch === SETTINGS_BATCH;
}

/** @returns undefined for a batch of events */
export function settingsIn({ batch, payload }: WatchedBatch): DetectorSettings | undefined {
  if (!isSettings({ batch })) return undefined;
  return JSON.parse(Buffer.from(payload).toString("utf8")) as DetectorSettings;
}
