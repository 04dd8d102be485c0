/** What people set of detection, as it stands under `detection:` in a file: detectors, and what is expected. */
import { z } from "zod";
import { DETECTORS } from "../detect/detectors.ts";
import { detectorSettings } from "../detect/settings-schema.ts";
import { CATEGORIES, ENTITY_TYPES } from "../event.ts";
import { type Exception, withinRange } from "./exceptions.ts";

const MOST_EXCEPTIONS = 1_000;

const entity = z
  .strictObject({ type: z.enum(ENTITY_TYPES), value: z.string().min(1).max(1_000) })
  .refine(({ type, value }) => type !== "client.address" || isRange(value), {
    path: ["value"],
    message: "It is neither an address nor a CIDR range",
  });

/** What an exception holds for: the same in files, in the API and in backtests. */
export const exceptionScope = {
  detector: z.enum(DETECTORS.map(({ descriptor }) => descriptor.id)).optional(),
  category: z.enum(CATEGORIES).optional(),
  entity: entity.optional(),
  service: z.string().min(1).max(200).optional(),
  endpoint: z.string().min(1).max(1_000).optional(),
  reason: z.string().trim().min(1).max(2_000),
};

/** An exception that names nobody and nothing would hide a whole service. */
export function namesSomething(scope: Pick<Exception, "detector" | "category" | "entity">): boolean {
  return scope.detector !== undefined || scope.category !== undefined || scope.entity !== undefined;
}
export const NAMES_NOTHING = "Name a detector, a category or an entity";

const exception = z
  .strictObject({ ...exceptionScope, expires: z.iso.datetime({ offset: true }).optional() })
  .refine(namesSomething, { message: NAMES_NOTHING });

export const detectionSettings = z
  .strictObject({
    detectors: detectorSettings.prefault({}),
    exceptions: z.array(exception).max(MOST_EXCEPTIONS).default([]),
  })
  .transform(({ detectors, exceptions }) => ({
    detectors,
    exceptions: exceptions.map(
      ({ expires, ...scope }, index): Exception => ({
        ...scope,
        id: `file-${index + 1}`,
        ...(expires === undefined ? {} : { expires: Date.parse(expires) }),
      }),
    ),
  }));

export type DetectionSettings = z.infer<typeof detectionSettings>;

function isRange(value: string): boolean {
  try {
    withinRange(value);
    return true;
  } catch {
    return false;
  }
}
