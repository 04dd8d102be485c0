/** The log is made to say what did not happen: forged lines inside of values, and time that is told twice. */
import { FINDING_CLASSES } from "../../event.ts";
import { culprit } from "../culprit.ts";
import type { Detector, Moment } from "../detector.ts";
import type { Service } from "../endpoints.ts";
import { MINUTE_MS } from "../minutes.ts";
import { stateOf } from "../state/per-source.ts";
import type { Verdict } from "../verdict.ts";
import { createServiceClock, passTime, type Run, type ServiceClock } from "./clocks.ts";
import { logTamperingDescriptor } from "./descriptor.ts";

const LINE_BREAK = FINDING_CLASSES.indexOf("crlf");
const FORGED_LINE = "crlf/log-line";
const HOUR_MS = 3_600_000;
/** The end of summer time puts clocks back by a whole hour, to within the pauses between lines. */
const WHOLE_HOUR_MS = 120_000;

interface State {
  forged: Verdict | undefined;
}

export const logTampering: Detector = {
  descriptor: logTamperingDescriptor,
  stateVersion: 1,
  start(context, slot) {
    const { floors } = context;
    /** By the index of the service. */
    const clocks = context.state((): (ServiceClock | undefined)[] => []);
    return {
      event(moment) {
        const { fact } = moment;
        if (fact.findingClass === LINE_BREAK && fact.findingScore >= floors.certainty) noteForged(moment);
        const { time } = fact;
        if (Number.isNaN(time)) return;
        const { service } = moment.endpoint;
        const clock = clocks[service.index];
        if (clock === undefined) {
          clocks[service.index] = createServiceClock(time);
          return;
        }
        const run = passTime(clock, time, floors.step * MINUTE_MS);
        if (run !== undefined && run.events >= floors.events) tellTwice(service, run);
      },
      explain,
    };

    function noteForged(moment: Moment): void {
      const source = culprit(moment);
      if (source === undefined) return;
      const finding = context.sample().findings?.find(({ rule }) => rule === FORGED_LINE);
      if (finding === undefined || finding.score < floors.certainty) return;
      const state = stateOf<State>(source, slot, () => ({ forged: undefined }));
      if (state.forged === undefined || state.forged.closed) {
        state.forged = context.open({
          severity: "low",
          confidence: finding.score,
          outcome: "attempted",
          entity: { type: source.type, value: source.name },
          observed: finding.score,
          threshold: floors.certainty,
          line: "certainty",
          unit: "certainty that a value holds a forged log line",
        });
      }
      context.add(state.forged);
      state.forged.observed = Math.max(state.forged.observed, finding.score);
    }

    /** A true fact and no alarm: machines set their clocks for good reasons more often than for bad ones. */
    function tellTwice({ name }: Service, { from, begin, last, events }: Run): void {
      const back = from - begin;
      const offHour = Math.abs(back - Math.round(back / HOUR_MS) * HOUR_MS);
      context.open({
        severity: "info",
        confidence: 0.6,
        outcome: "unknown",
        entity: { type: "service.name", value: name },
        observed: back / MINUTE_MS,
        threshold: floors.step,
        line: "step",
        unit: "minutes that the clock went back",
        service: name,
        endpoint: "(all endpoints)",
        firstSeen: begin,
        at: last,
        events,
        notes: { hours: back >= HOUR_MS / 2 && offHour <= WHOLE_HOUR_MS ? Math.round(back / HOUR_MS) : 0 },
      });
    }
  },
};

function explain(verdict: Verdict): string {
  const { events, observed, threshold, notes } = verdict;
  if (verdict.line === "certainty") {
    return `${events} requests carried a line break and after it the beginning of a log line; it is ${Math.round(observed * 100)} % certain that one was to be forged, and the line is at ${Math.round(threshold * 100)} %. A line break in a text field would not have fired.`;
  }
  const hour = Number(notes.hours) > 0 ? ` It is ${notes.hours} h, as when summer time ends.` : "";
  return `The times of this log went back by ${Math.round(observed)} minutes and on from there, ${events} events in order, until they were where they had been: that stretch is told twice.${hour} The line is at ${Math.round(threshold)} minutes; late lines among present ones would not have fired.`;
}
