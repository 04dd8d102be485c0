/** Asking who has an account, by the ways that products are known to tell. */
import type { DetectContext, Moment } from "../detector.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import type { Verdict } from "../verdict.ts";

export interface NamesState {
  readonly names: Distinct;
  namesVerdict: Verdict | undefined;
  readonly firstTime: number;
}

export function createNames(time: number): NamesState {
  return { names: createDistinct(64), namesVerdict: undefined, firstTime: time };
}

export function judgeNames(context: DetectContext, moment: Moment, state: NamesState): void {
  const { fact, actor } = moment;
  const floor = context.floors.names;
  addDistinct(state.names, fact.objectKey === 0 ? fact.pathKey : fact.objectKey);
  const names = countDistinct(state.names);
  if (state.namesVerdict === undefined || state.namesVerdict.closed) {
    if (names < floor || actor === undefined) return;
    state.namesVerdict = context.open({
      severity: "low",
      confidence: 0.9,
      outcome: "attempted",
      entity: { type: actor.type, value: actor.name },
      observed: names,
      threshold: floor,
      line: "names",
      unit: "account names asked for",
      firstSeen: state.firstTime,
      events: names - 1,
    });
  }
  context.add(state.namesVerdict);
  state.namesVerdict.observed = names;
  if (fact.status >= 200 && fact.status < 400) state.namesVerdict.outcome = "probably_succeeded";
}
