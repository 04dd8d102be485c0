/** The detectors: what each is, and how it is set. */
import { z } from "zod";
import type { Detector, Floors } from "../../../detect/detector.ts";
import { DETECTORS } from "../../../detect/detectors.ts";
import { type DetectorSettings, floorsOf, isEnabled } from "../../../detect/settings.ts";
import { thresholdsSchema } from "../../../detect/settings-schema.ts";
import { VedetteError } from "../../../errors.ts";
import { CATEGORIES, SEVERITIES } from "../../../event.ts";
import type { Live } from "../../../live/live.ts";
import type { DetectorSetting } from "../../../store/records/preferences.ts";
import { name, time, whenever } from "../fields.ts";
import { route } from "../route.ts";

const texts = z.array(z.string()).readonly();
const detector = z.strictObject({
  id: z.string(),
  title: z.string(),
  meaning: z.string(),
  category: z.enum(CATEGORIES),
  severity: z.enum(SEVERITIES),
  owasp: texts,
  mitre: texts,
  cwe: texts,
  needs: texts,
  better: z.record(z.string(), z.string()),
  thresholds: z
    .array(
      z.strictObject({
        name: z.string(),
        /** As published. */
        floor: z.number(),
        /** What it may be set to. */
        least: z.number(),
        most: z.number(),
        unit: z.string(),
        learned: z.string(),
        why: z.string(),
        /** Where the file or somebody has set it to begin; null where nobody has. */
        set: z.number().nullable(),
        /** What was learned so far, where it is one value for all; null where it is not, or too little is known. */
        learned_value: z.number().nullable(),
        /** The line now, as far as it is one for all. */
        in_force: z.number(),
      }),
    )
    .readonly(),
  falsePositives: texts,
  investigate: texts,
  respond: texts,
  /** What was set over the API; where nothing was, what the file says, or what is published. */
  setting: z.strictObject({
    enabled: z.boolean(),
    thresholds: z.record(z.string(), z.number()),
    origin: z.enum(["published", "file", "api"]),
    updated: time.nullable(),
    updated_by: z.string().nullable(),
  }),
});

export function detectorRoutes(live: Live) {
  const { preferences } = live.records;

  async function shownAs(one: Detector): Promise<z.input<typeof detector>> {
    const kept = (await preferences.detectors()).find((each) => each.detector === one.descriptor.id);
    return shown(one, (await live.detection.wanted()).detectors, kept, live);
  }

  return [
    route({
      method: "GET",
      path: "/detectors",
      tag: "detectors",
      summary: "Every detector, with its setting, and its thresholds as published, as set and as learned.",
      need: "detectors:read",
      audit: null,
      answer: z.strictObject({ detectors: z.array(detector) }),
      async handle() {
        const kept = new Map((await preferences.detectors()).map((one) => [one.detector, one]));
        const { detectors } = await live.detection.wanted();
        return {
          detectors: DETECTORS.map((one) => shown(one, detectors, kept.get(one.descriptor.id), live)),
        };
      },
    }),
    route({
      method: "PUT",
      path: "/detectors/{id}",
      tag: "detectors",
      summary:
        "Set a detector: whether it runs, and where its thresholds begin. It holds from the next event on; what the detector knows stays.",
      need: "detectors:write",
      whole: true,
      audit: "detectors.change",
      object: ({ params, body }) => `${params.id} ${JSON.stringify(body)}`,
      problems: ["NOT_FOUND", "JOURNAL_BUSY", "JOURNAL_UNWRITABLE"],
      params: z.strictObject({ id: name }),
      body: z.strictObject({
        enabled: z.boolean(),
        thresholds: z.record(z.string().max(100), z.number()).default({}),
      }),
      answer: detector,
      async handle({ params, body, principal, now }) {
        const known = detectorOf(params.id);
        const thresholds = checked(known, body.thresholds);
        await preferences.putDetector({
          detector: known.descriptor.id,
          enabled: body.enabled,
          thresholds,
          updated: now,
          updatedBy: principal.actor,
        });
        await live.detection.apply();
        return shownAs(known);
      },
    }),
    route({
      method: "DELETE",
      path: "/detectors/{id}/setting",
      tag: "detectors",
      summary: "Forget what was set over the API: the settings file holds again, or what is published.",
      need: "detectors:write",
      whole: true,
      audit: "detectors.reset",
      problems: ["NOT_FOUND", "JOURNAL_BUSY", "JOURNAL_UNWRITABLE"],
      params: z.strictObject({ id: name }),
      answer: detector,
      async handle({ params }) {
        const known = detectorOf(params.id);
        await preferences.removeDetector(known.descriptor.id);
        await live.detection.apply();
        return shownAs(known);
      },
    }),
  ];
}

function detectorOf(id: string): Detector {
  const known = DETECTORS.find(({ descriptor }) => descriptor.id === id);
  if (known === undefined) throw new VedetteError("NOT_FOUND", "There is no such detector", id);
  return known;
}

/** @throws VedetteError REQUEST_INVALID naming the threshold */
function checked(
  known: Detector,
  thresholds: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const read = thresholdsSchema(known).safeParse(thresholds);
  if (read.success) return thresholds;
  const [issue] = read.error.issues;
  const odd = issue?.code === "unrecognized_keys" ? issue.keys[0] : issue?.path.join(".");
  throw new VedetteError("REQUEST_INVALID", issue?.message ?? "Not a threshold", `body.thresholds.${odd}`);
}

function shown(
  one: Detector,
  settings: DetectorSettings,
  kept: DetectorSetting | undefined,
  live: Live,
): z.input<typeof detector> {
  const { descriptor } = one;
  const { better, thresholds, ...rest } = descriptor;
  const set = settings[descriptor.id];
  const floors = floorsOf(one, settings);
  const learned: Floors = live.watch.engine.learned(descriptor.id);
  return {
    ...rest,
    better: Object.fromEntries(Object.entries(better)),
    thresholds: thresholds.map((threshold) => {
      const value = learned[threshold.name] ?? 0;
      return {
        ...threshold,
        set: set?.thresholds[threshold.name] ?? null,
        learned_value: value > 0 ? value : null,
        in_force: Math.max(value, floors[threshold.name]),
      };
    }),
    setting: {
      enabled: isEnabled(settings, descriptor.id),
      thresholds: { ...set?.thresholds },
      origin: kept !== undefined ? "api" : set !== undefined ? "file" : "published",
      updated: whenever(kept?.updated),
      updated_by: kept?.updatedBy ?? null,
    },
  };
}
