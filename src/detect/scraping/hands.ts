/**
 * One walk by many hands: addresses that take turns at counting through an endpoint's objects, each too few to stand out.
 * Runs are followed from object to object, whoever asks; chance breaks them off within a few steps.
 */
import { METHOD } from "../../fact.ts";
import type { DetectContext, Moment } from "../detector.ts";
import { templateOf } from "../endpoints.ts";
import { createKeyed, entryOf, type Keyed } from "../state/keyed.ts";
import { addMember, type Verdict } from "../verdict.ts";

/** Runs followed at a time at one endpoint: the one that got no further for longest makes room. */
const RUNS = 16;
/** Products that are gone, and lists between, leave gaps. */
const NEAR = 5;
const MAX_ENDPOINTS = 2000;
const MOST_MEMBERS = 300;
const FEWEST_ADDRESSES = 8;
/** Links in mails that are numbered in order are opened once by each; a proxy network's exit fetches a few. */
const EACH = 4;
/** With one object for each address, as many times the line, and hardly a number left out. */
const ALONE = 3;
const WITHOUT_GAPS = 0.9;

interface Run {
  last: number;
  objects: number;
  /** Steps to the very next number. */
  next: number;
  misses: number;
  since: number;
  /** When it got further: the count of the endpoint's requests then. */
  turn: number;
  readonly members: Map<string, number>;
}

interface Ground {
  turn: number;
  /** The newest object: who made it looks at it, and so do the next ones. */
  highest: number;
  readonly runs: Run[];
  verdict: Verdict | undefined;
  /** The run that the verdict is about. */
  told: Run | undefined;
}

export type Hands = Keyed<Ground>;

export function createHands(): Hands {
  return createKeyed(MAX_ENDPOINTS);
}

export function followHands(context: DetectContext, hands: Hands, moment: Moment): void {
  const { fact, endpoint } = moment;
  const number = fact.objectNumber;
  if (Number.isNaN(number) || fact.method !== METHOD.GET || fact.clientKey === 0) return;
  const ground = entryOf(hands, endpoint.id + 2, createGround);
  ground.turn++;
  if (number > ground.highest) {
    ground.highest = number;
    return;
  }
  let oldest: Run | undefined;
  for (const run of ground.runs) {
    const step = number - run.last;
    if (step === 0) return;
    if (step > 0 && step <= NEAR) {
      advance(context, moment, ground, run, step);
      return;
    }
    if (oldest === undefined || run.turn < oldest.turn) oldest = run;
  }
  if (ground.runs.length < RUNS || oldest === undefined) {
    ground.runs.push(createRun(moment, ground));
  } else restart(oldest, moment, ground);
}

function createGround(): Ground {
  return { turn: 0, highest: Number.NEGATIVE_INFINITY, runs: [], verdict: undefined, told: undefined };
}

function createRun({ fact }: Moment, { turn }: Ground): Run {
  const { objectNumber, time } = fact;
  return { last: objectNumber, objects: 1, next: 0, misses: 0, since: time, turn, members: new Map() };
}

function restart(run: Run, { fact }: Moment, { turn }: Ground): void {
  run.last = fact.objectNumber;
  run.objects = 1;
  run.next = 0;
  run.misses = 0;
  run.since = fact.time;
  run.turn = turn;
  run.members.clear();
}

function advance(context: DetectContext, moment: Moment, ground: Ground, run: Run, step: number): void {
  const { fact } = moment;
  run.last = fact.objectNumber;
  run.turn = ground.turn;
  run.objects++;
  if (step === 1) run.next++;
  if (fact.status >= 400) run.misses++;
  const name = context.clientName();
  if (run.members.has(name) || run.members.size < MOST_MEMBERS) {
    run.members.set(name, (run.members.get(name) ?? 0) + 1);
  }
  const { verdict } = ground;
  if (verdict !== undefined && !verdict.closed) {
    if (ground.told === run) tell(context, verdict, run, name);
    return;
  }
  const threshold = lineOf(context, run);
  if (threshold === undefined || run.objects < threshold) return;
  ground.told = run;
  ground.verdict = open(context, moment, run, threshold);
  // The present request is added by what tells of it.
  for (const [member, objects] of run.members)
    addMember(ground.verdict, member, member === name ? objects - 1 : objects);
  tell(context, ground.verdict, run, name);
}

/** Undefined where the run is no work of many. */
function lineOf({ floors }: DetectContext, run: Run): number | undefined {
  const { members, objects } = run;
  if (objects < floors.hands || members.size < FEWEST_ADDRESSES) return undefined;
  if (Math.max(...members.values()) * 2 > objects) return undefined;
  if (objects >= members.size * EACH) return floors.hands;
  return run.next >= (objects - 1) * WITHOUT_GAPS ? floors.hands * ALONE : undefined;
}

function open(context: DetectContext, { endpoint }: Moment, run: Run, threshold: number): Verdict {
  return context.open({
    severity: "low",
    confidence: 0.85,
    outcome: "attempted",
    entity: {
      type: "campaign",
      value: `many sources walking through ${templateOf(context.endpoints, endpoint)}`,
    },
    observed: run.objects,
    threshold,
    line: "hands",
    learned: false,
    unit: "objects in counting order, by addresses that take turns",
    firstSeen: run.since,
    events: run.objects - 1,
  });
}

function tell(context: DetectContext, verdict: Verdict, run: Run, name: string): void {
  context.add(verdict);
  addMember(verdict, name);
  verdict.observed = Math.max(verdict.observed, run.objects);
  if (run.misses * 2 < run.objects) verdict.outcome = "succeeded";
  context.changed(verdict);
}

export function explainHands(verdict: Verdict): string {
  return `${Math.round(verdict.observed)} ${verdict.unit}: ${verdict.memberCount} of them, at ${verdict.endpoint}, each going on where another left off. The line is at ${Math.round(verdict.threshold)}. New objects that are looked at one after the other as they are made do not count, and as many objects in no order would not have fired.`;
}
