/**
 * Stolen passwords tried from many addresses, one or two tries each: invisible from any one address, plain from
 * the login's side, where refusals rise far above what they usually are.
 */
import type { Detector, Moment } from "../detector.ts";
import type { Endpoint } from "../endpoints.ts";
import { atLeast } from "../severity.ts";
import { type Baseline, createBaseline, expectation, learn } from "../state/baseline.ts";
import { addToWindow, createWindow, type Window, windowSum } from "../state/window.ts";
import { addMember, type Verdict } from "../verdict.ts";
import {
  credentialStuffingDescriptor,
  SCALES,
  type Scale,
  SOURCES_FLOOR,
  TRIES_PER_SOURCE,
} from "./descriptor.ts";

const MAX_SOURCES = 20_000;
const FAILURE_SHARE = 0.6;
/** Learned: this many spreads above the usual number of refusals. */
const SPREADS = 8;
const ENOUGH_WINDOWS = 12;
/** A source that did little but log in is part of it; a customer has looked around first. */
const COLD_REQUESTS = 3;

interface Tries {
  readonly name: string;
  tries: number;
  cold: boolean;
}

interface Series {
  readonly scale: Scale;
  readonly failures: Window;
  readonly successes: Window;
  readonly baseline: Baseline;
  tumble: number;
  current: Map<number, Tries>;
  previous: Map<number, Tries>;
  firstTime: number;
  verdict: Verdict | undefined;
}

export const credentialStuffing: Detector = {
  descriptor: credentialStuffingDescriptor,
  start(context) {
    const logins = new Map<number, readonly Series[]>();

    function seriesOf(endpoint: Endpoint, moment: Moment): readonly Series[] {
      let series = logins.get(endpoint.id);
      if (series === undefined) {
        series = SCALES.map((scale) => ({
          scale,
          failures: createWindow(scale.windowMs, 30),
          successes: createWindow(scale.windowMs, 30),
          baseline: createBaseline(),
          tumble: Math.floor(moment.now / scale.windowMs),
          current: new Map(),
          previous: new Map(),
          firstTime: moment.fact.time,
          verdict: undefined,
        }));
        logins.set(endpoint.id, series);
      }
      return series;
    }

    return {
      event(moment) {
        const { auth, endpoint, now, fact } = moment;
        if (auth !== "failure" && auth !== "success") return;
        for (const series of seriesOf(endpoint, moment)) {
          roll(series, now, fact.time);
          if (auth === "success") {
            addToWindow(series.successes, now, 1);
            noteSuccess(series, moment);
            continue;
          }
          const failures = addToWindow(series.failures, now, 1);
          noteSource(series, moment, context.clientName);
          judge(series, moment, failures);
        }
      },
      explain,
    };

    function noteSuccess(series: Series, moment: Moment): void {
      const { verdict } = series;
      if (verdict === undefined || verdict.closed) return;
      const tries = series.current.get(moment.fact.clientKey) ?? series.previous.get(moment.fact.clientKey);
      const cold =
        moment.client !== undefined && moment.client.requests - moment.client.assets <= COLD_REQUESTS;
      if (tries === undefined && !cold) return;
      verdict.notes.successes = Number(verdict.notes.successes ?? 0) + 1;
      verdict.outcome = "probably_succeeded";
      verdict.severity = atLeast(verdict.severity, "high");
      context.add(verdict);
      addMember(verdict, context.clientName());
      context.changed(verdict);
    }

    function judge(series: Series, moment: Moment, failures: number): void {
      const { scale } = series;
      const expected = expectation(series.baseline, moment.fact.time);
      const learned = expected.count >= ENOUGH_WINDOWS ? expected.mean + SPREADS * expected.spread : 0;
      const threshold = Math.max(scale.floor, learned);
      if (series.verdict !== undefined && !series.verdict.closed) {
        const verdict = series.verdict;
        if (failures < threshold / 3) return;
        context.add(verdict);
        if (isCold(moment)) addMember(verdict, context.clientName());
        verdict.observed = Math.max(verdict.observed, failures);
        verdict.notes.failures = Number(verdict.notes.failures ?? 0) + 1;
        return;
      }
      if (failures < threshold) return;
      const successes = windowSum(series.successes, moment.now);
      if (failures / (failures + successes) < FAILURE_SHARE) return;
      const sources = new Map([...series.previous, ...series.current]);
      if (sources.size < SOURCES_FLOOR || failures / sources.size > TRIES_PER_SOURCE) return;
      const cold = [...sources.values()].filter((source) => source.cold);
      const named = cold.length >= SOURCES_FLOOR ? cold : [...sources.values()];
      const template = context.endpoints.template(moment.endpoint);
      const verdict = context.open({
        severity: "medium",
        confidence: cold.length * 2 > sources.size ? 0.9 : 0.75,
        outcome: "attempted",
        entity: { type: "campaign", value: `many sources logging in at ${template}` },
        observed: failures,
        expected: expected.mean,
        threshold,
        unit: `refused logins in ${scale.words}`,
        firstSeen: series.firstTime,
        events: failures - 1,
        notes: { sources: sources.size, cold: cold.length, failures },
      });
      for (const source of named) for (let i = 0; i < source.tries; i++) addMember(verdict, source.name);
      series.verdict = verdict;
      context.add(verdict);
      context.changed(verdict);
    }
  },
};

function roll(series: Series, now: number, time: number): void {
  const index = Math.floor(now / series.scale.windowMs);
  if (index === series.tumble) return;
  let failures = 0;
  for (const source of series.current.values()) failures += source.tries;
  learn(series.baseline, time - series.scale.windowMs, failures);
  const adjacent = index === series.tumble + 1;
  series.previous = adjacent ? series.current : new Map();
  series.current = new Map();
  series.tumble = index;
  series.firstTime = time;
}

function noteSource(series: Series, moment: Moment, name: () => string): void {
  const key = moment.fact.clientKey;
  const known = series.current.get(key);
  if (known !== undefined) known.tries++;
  else if (series.current.size < MAX_SOURCES) {
    series.current.set(key, { name: name(), tries: 1, cold: isCold(moment) });
  }
}

function isCold(moment: Moment): boolean {
  const { client } = moment;
  return client === undefined || client.requests - client.assets <= COLD_REQUESTS;
}

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  const usual =
    verdict.expected === undefined || verdict.expected === 0
      ? "hardly any"
      : `about ${Math.round(verdict.expected)}`;
  const worked =
    verdict.outcome === "probably_succeeded"
      ? ` ${notes.successes} logins of this kind were accepted: treat those accounts as taken over.`
      : " None of them was accepted.";
  return `${Math.round(verdict.observed)} logins were refused within one window where ${usual} is usual; the line is at ${Math.round(verdict.threshold)}. They came from ${verdict.memberCount} addresses with at most ${TRIES_PER_SOURCE} tries each on average, most of which did nothing here but log in. The same number from few addresses would be a brute force, and fewer would not have fired.${worked}`;
}
