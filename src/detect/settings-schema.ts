/** The form of detectors' settings in files and in the API, made from the descriptors: names and bounds are theirs. */
import { z } from "zod";
import type { Detector } from "./detector.ts";
import { DETECTORS } from "./detectors.ts";
import type { DetectorSettings } from "./settings.ts";

/** One detector's thresholds: any of its own names, each within its bounds. */
export function thresholdsSchema({ descriptor }: Detector) {
  return z.strictObject(
    Object.fromEntries(
      descriptor.thresholds.map(({ name, least, most }) => [
        name,
        z.number().min(least).max(most).optional(),
      ]),
    ),
  );
}

/** `brute_force: { enabled: true, thresholds: { burst: 8 } }` for any of the detectors. */
export const detectorSettings = z
  .strictObject(
    Object.fromEntries(
      DETECTORS.map((detector) => [
        detector.descriptor.id,
        z
          .strictObject({
            enabled: z.boolean().default(true),
            thresholds: thresholdsSchema(detector).default({}),
          })
          .optional(),
      ]),
    ),
  )
  .transform(withoutGaps);

function withoutGaps(given: {
  readonly [detector: string]:
    | { enabled: boolean; thresholds: { readonly [name: string]: number | undefined } }
    | undefined;
}): DetectorSettings {
  return Object.fromEntries(
    Object.entries(given).flatMap(([id, setting]) => {
      if (setting === undefined) return [];
      const named = Object.entries(setting.thresholds).filter(([, value]) => value !== undefined);
      return [
        [id, { enabled: setting.enabled, thresholds: Object.fromEntries(named) as Record<string, number> }],
      ];
    }),
  );
}
