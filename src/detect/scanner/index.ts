/** A tool at work: it says so itself, in its user agent or in its payloads. */
import { FACT_FLAG, type Fact } from "../../fact.ts";
import { culprit } from "../culprit.ts";
import type { Detector } from "../detector.ts";
import { atLeast } from "../severity.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import { stateOf } from "../state/per-source.ts";
import type { Verdict } from "../verdict.ts";
import { scannerDescriptor } from "./descriptor.ts";

const MARKED = FACT_FLAG.TOOL | FACT_FLAG.SURVEY;
const MANY = 100;

interface State {
  marked: number;
  offensive: number;
  paths: Distinct;
  firstTime: number;
  verdict: Verdict | undefined;
}

export const scanner: Detector = {
  descriptor: scannerDescriptor,
  stateVersion: 1,
  start(context, slot) {
    return {
      event(moment) {
        const { fact, client } = moment;
        if (client === undefined) return;
        const existing = client.states[slot] as State | undefined;
        if ((fact.flags & MARKED) === 0) {
          // A tool that marks only some of its requests makes all of them.
          if (existing?.verdict !== undefined && !existing.verdict.closed) context.add(existing.verdict);
          return;
        }
        const state = stateOf(client, slot, newState, fact);
        state.marked++;
        const offensive = (fact.flags & FACT_FLAG.TOOL) !== 0;
        if (offensive) state.offensive++;
        addDistinct(state.paths, fact.pathKey);
        if (state.verdict === undefined || state.verdict.closed) {
          const source = culprit(moment);
          if (source === undefined) return;
          state.verdict = context.open({
            severity: "info",
            confidence: offensive ? 0.9 : 0.6,
            outcome: "attempted",
            entity: { type: source.type, value: source.name },
            observed: state.offensive,
            threshold: context.floors.marked_requests,
            line: "marked_requests",
            unit: "requests marked by an attack tool",
            firstSeen: state.firstTime,
            events: state.marked - 1,
          });
        }
        const { verdict } = state;
        context.add(verdict);
        verdict.observed = state.offensive;
        verdict.notes.marked = state.marked;
        verdict.notes.paths = countDistinct(state.paths);
        const before = verdict.severity;
        if (state.offensive >= context.floors.marked_requests)
          verdict.severity = atLeast(verdict.severity, "low");
        if (state.offensive >= MANY) verdict.severity = atLeast(verdict.severity, "medium");
        if (before !== verdict.severity) context.changed(verdict);
      },
      explain,
    };
  },
};

function newState({ time }: Fact): State {
  return { marked: 0, offensive: 0, paths: createDistinct(64), firstTime: time, verdict: undefined };
}

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  if (verdict.observed === 0) {
    return `${notes.marked} requests came from a program that surveys the internet and says so. That is a fact, not an alarm; marks of attack tools would be one from ${verdict.threshold} requests on.`;
  }
  return `${verdict.observed} requests carried the marks of an attack tool, over ${notes.paths} different paths. ${verdict.threshold} such requests make an alarm; ordinary programs and libraries carry no such marks.`;
}
