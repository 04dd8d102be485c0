/** What people set of detection, from the file and over the API: what is said over the API comes after the file. */
import { isDeepStrictEqual } from "node:util";
import type { Exception } from "../correlate/exceptions.ts";
import type { DetectionSettings } from "../correlate/settings.ts";
import type { DetectorSettings } from "../detect/settings.ts";
import { CATEGORIES, ENTITY_TYPES } from "../event.ts";
import type * as stored from "../store/records/preferences.ts";
import type { Watch } from "./watch.ts";

export interface LiveDetection {
  /** Detectors and exceptions as they are to be now, from the file and the records. */
  wanted(): Promise<DetectionSettings>;
  /** Brings the running engines to what is wanted, between two events. @throws VedetteError JOURNAL_UNWRITABLE */
  apply(): Promise<void>;
}

type Kept = Pick<stored.Preferences, "detectors" | "exceptions">;

export interface LiveDetectionOptions {
  readonly file: DetectionSettings;
  readonly preferences: Kept;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly watches: () => readonly Watch[];
  /** Puts settings into the journal, from where they reach the engines. */
  readonly configure: (settings: DetectorSettings) => Promise<void>;
}

/** An exception that has expired still holds for what was over before. */
const EXPIRED_MATTERS_MS = 90 * 86_400_000;

export function liveDetection({
  file,
  preferences,
  now,
  watches,
  configure,
}: LiveDetectionOptions): LiveDetection {
  let applying = Promise.resolve();

  const wanted = () => settingsNow(file, preferences, now());

  async function applyWanted(): Promise<void> {
    const { detectors, exceptions } = await wanted();
    for (const watch of watches()) {
      if (!isDeepStrictEqual(exceptions, watch.expecting)) watch.expect(exceptions);
    }
    if (watches().some(({ engine }) => !isDeepStrictEqual(detectors, engine.settings)))
      await configure(detectors);
  }

  return {
    wanted,
    /** One after the other: the last one to be asked for has read everything that was said before. */
    apply() {
      const run = applying.catch(() => {}).then(applyWanted);
      applying = run;
      return run;
    },
  };
}

/** @param now milliseconds since the epoch */
export async function settingsNow(
  file: DetectionSettings,
  preferences: Kept,
  now: number,
): Promise<DetectionSettings> {
  const kept = await preferences.exceptions(now - EXPIRED_MATTERS_MS);
  return {
    detectors: detectorsSet(file.detectors, await preferences.detectors()),
    exceptions: [...file.exceptions, ...kept.map(exceptionOf)],
  };
}

export const NOTHING_SET: DetectionSettings = { detectors: {}, exceptions: [] };

function detectorsSet(file: DetectorSettings, kept: readonly stored.DetectorSetting[]): DetectorSettings {
  const said = kept.map(({ detector, enabled, thresholds }) => [
    detector,
    { enabled, thresholds: { ...file[detector]?.thresholds, ...thresholds } },
  ]);
  return { ...file, ...Object.fromEntries(said) };
}

/** An exception on record, in the words that verdicts are held against. */
function exceptionOf(kept: stored.Exception): Exception {
  const { id, detector, category, entityType, entityValue, service, endpoint, reason, expires } = kept;
  const type = ENTITY_TYPES.find((known) => known === entityType);
  return {
    id,
    detector,
    category: CATEGORIES.find((known) => known === category),
    entity: type === undefined || entityValue === undefined ? undefined : { type, value: entityValue },
    service,
    endpoint,
    reason,
    expires,
  };
}
