/** Stored history, judged again: as detection is set now, and as it might be. */
import { z } from "zod";
import type { Exception } from "../../../correlate/exceptions.ts";
import { exceptionScope, NAMES_NOTHING, namesSomething } from "../../../correlate/settings.ts";
import { DETECTORS } from "../../../detect/detectors.ts";
import { VedetteError } from "../../../errors.ts";
import {
  type HistoryRequest,
  historyRequest,
  proposalRequest,
  type Sweep,
  wrongTimes,
} from "../../../replay/answer.ts";
import { detection, time, timeIn, toldIncident } from "../fields.ts";
import { type Call, route } from "../route.ts";

const MOST_PROPOSED = 100;
const MOST_VALUES = 8;
const covered = { from: time, until: time, complete: z.boolean(), events: z.number().int() };
const counts = { detections: z.number().int(), incidents: z.number().int() };
const tally = z.strictObject({
  ...counts,
  days: z.array(z.strictObject({ day: z.iso.date(), ...counts })).readonly(),
});
const difference = z.strictObject({
  ...counts,
  examples: z.strictObject({
    incidents: z.array(toldIncident).readonly(),
    detections: z.array(detection).readonly(),
  }),
});
const PROBLEMS = ["STORE_BUSY", "STORE_UNAVAILABLE", "QUERY_TOO_EXPENSIVE"] as const;
const scope = z
  .strictObject({ ...exceptionScope, expires: timeIn.optional() })
  .refine(namesSomething, { message: NAMES_NOTHING });

export const historyRoutes = [
  route({
    method: "POST",
    path: "/replays",
    tag: "history",
    summary: "What the detectors, as they are set now, tell of stored events. One runs at a time.",
    need: "history:replay",
    audit: "history.replay",
    object: ({ body }) => JSON.stringify(body),
    problems: PROBLEMS,
    body: z.strictObject(historyRequest),
    answer: z.strictObject({
      ...covered,
      incidents_total: z.number().int(),
      detections_total: z.number().int(),
      incidents: z.array(toldIncident).readonly(),
      detections: z.array(detection).readonly(),
    }),
    handle: (call) => whileWaited(call, call.body, (signal) => call.view.replay(call.body, signal)),
  }),
  route({
    method: "POST",
    path: "/backtests/sweep",
    tag: "history",
    summary:
      "What one detector alone would tell at several values of one of its thresholds, in one pass. One runs at a time.",
    need: "history:replay",
    audit: "history.backtest",
    object: ({ body }) => JSON.stringify(body),
    problems: PROBLEMS,
    body: z.strictObject({
      ...historyRequest,
      detector: z.string().max(100),
      threshold: z.string().max(100),
      values: z.array(z.number()).min(1).max(MOST_VALUES),
    }),
    answer: z.strictObject({
      ...covered,
      values: z
        .array(
          z.strictObject({
            value: z.number(),
            detections: z.number().int(),
            entities: z.number().int(),
            days: tally.shape.days,
          }),
        )
        .readonly(),
    }),
    handle(call) {
      const { detector, threshold, values, ...request } = call.body;
      const sweep = sweepOf({ detector, threshold, values });
      return whileWaited(call, request, (signal) => call.view.sweep(request, sweep, signal));
    },
  }),
  route({
    method: "POST",
    path: "/backtests",
    tag: "history",
    summary:
      "What would be told of stored events with other thresholds or more exceptions, beside what is told now. One runs at a time.",
    need: "history:replay",
    audit: "history.backtest",
    object: ({ body }) => JSON.stringify(body),
    problems: PROBLEMS,
    body: z.strictObject({
      ...historyRequest,
      ...proposalRequest,
      exceptions: z.array(scope).max(MOST_PROPOSED).default([]),
    }),
    answer: z.strictObject({
      ...covered,
      present: tally,
      proposed: tally,
      appeared: difference,
      vanished: difference,
    }),
    handle(call) {
      const { detectors, exceptions } = call.body;
      const proposed = exceptions.map((each, i): Exception => ({ ...each, id: `proposed-${i + 1}` }));
      return whileWaited(call, call.body, (signal) =>
        call.view.backtest(call.body, { detectors, exceptions: proposed }, signal),
      );
    },
  }),
];

/** @throws VedetteError REQUEST_INVALID naming what there is not, or what is out of bounds */
function sweepOf(body: { detector: string; threshold: string; values: readonly number[] }): Sweep {
  const detector = DETECTORS.find(({ descriptor }) => descriptor.id === body.detector);
  if (detector === undefined)
    throw new VedetteError("REQUEST_INVALID", "There is no such detector", "body.detector");
  const bounds = detector.descriptor.thresholds.find(({ name }) => name === body.threshold);
  if (bounds === undefined)
    throw new VedetteError("REQUEST_INVALID", "It has no such threshold", "body.threshold");
  const { least, most } = bounds;
  if (!body.values.every((value) => value >= least && value <= most))
    throw new VedetteError("REQUEST_INVALID", `It may be set to ${least} to ${most}`, "body.values");
  return { ...body, detector };
}

/** Ends with the client's connection. */
async function whileWaited<T>(
  { reply, now }: Pick<Call<unknown, unknown, unknown>, "reply" | "now">,
  request: HistoryRequest,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const wrong = wrongTimes(request, now);
  if (wrong !== undefined) throw new VedetteError("REQUEST_INVALID", wrong, "body.since");
  const left = new AbortController();
  const leave = () => left.abort(new VedetteError("STORE_BUSY", "Nobody waits for the answer any more"));
  reply.raw.once("close", leave);
  try {
    return await run(left.signal);
  } finally {
    reply.raw.off("close", leave);
  }
}
