/** The detectors: what each is, and how it is set. */
import { z } from "zod";
import type { Descriptor } from "../../../detect/detector.ts";
import { DETECTORS } from "../../../detect/detectors.ts";
import { VedetteError } from "../../../errors.ts";
import { CATEGORIES, SEVERITIES } from "../../../event.ts";
import type { DetectorSetting, Preferences } from "../../../store/records/preferences.ts";
import { name, time, whenever } from "../fields.ts";
import { type Route, route } from "../route.ts";

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
        floor: z.number(),
        least: z.number(),
        most: z.number(),
        unit: z.string(),
        learned: z.string(),
        why: z.string(),
      }),
    )
    .readonly(),
  falsePositives: texts,
  investigate: texts,
  respond: texts,
  /** As people have set it; thresholds that are not named stay at their floor. */
  setting: z.strictObject({
    enabled: z.boolean(),
    thresholds: z.record(z.string(), z.number()),
    updated: time.nullable(),
    updated_by: z.string().nullable(),
  }),
});

export function detectorRoutes(preferences: Preferences): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/detectors",
      tag: "detectors",
      summary: "Every detector, with its setting.",
      need: "detectors:read",
      audit: null,
      answer: z.strictObject({ detectors: z.array(detector) }),
      async handle() {
        const settings = new Map((await preferences.detectors()).map((one) => [one.detector, one]));
        return { detectors: DETECTORS.map(({ descriptor: one }) => shown(one, settings.get(one.id))) };
      },
    }),
    route({
      method: "PUT",
      path: "/detectors/{id}",
      tag: "detectors",
      summary: "Set a detector: whether it runs, and where its thresholds begin.",
      need: "detectors:write",
      whole: true,
      audit: "detectors.change",
      object: ({ params, body }) => `${params.id} ${JSON.stringify(body)}`,
      problems: ["NOT_FOUND"],
      params: z.strictObject({ id: name }),
      body: z.strictObject({
        enabled: z.boolean(),
        thresholds: z.record(z.string().max(100), z.number().positive()).default({}),
      }),
      answer: detector,
      async handle({ params, body, principal, now }) {
        const known = DETECTORS.find(({ descriptor: one }) => one.id === params.id)?.descriptor;
        if (known === undefined) throw new VedetteError("NOT_FOUND", "There is no such detector", params.id);
        const names = known.thresholds.map((threshold) => threshold.name);
        const odd = Object.keys(body.thresholds).find((each) => !names.includes(each));
        if (odd !== undefined)
          throw new VedetteError(
            "REQUEST_INVALID",
            `${params.id} has no such threshold`,
            `body.thresholds.${odd}`,
          );
        const setting = { detector: known.id, ...body, updated: now, updatedBy: principal.actor };
        await preferences.putDetector(setting);
        return shown(known, setting);
      },
    }),
  ];
}

function shown(descriptor: Descriptor, setting: DetectorSetting | undefined): z.input<typeof detector> {
  const { better, ...rest } = descriptor;
  return {
    ...rest,
    better: Object.fromEntries(Object.entries(better)),
    setting: {
      enabled: setting?.enabled ?? true,
      thresholds: { ...setting?.thresholds },
      updated: whenever(setting?.updated),
      updated_by: setting?.updatedBy ?? null,
    },
  };
}
