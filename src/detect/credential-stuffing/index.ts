/**
 * Stolen passwords tried from many addresses, one or two tries each: invisible from any one address, plain from
 * the login's side, where refusals rise far above what they usually are.
 */
import type { Entity } from "../../event.ts";
import type { Detector, Moment } from "../detector.ts";
import { type Endpoint, templateOf } from "../endpoints.ts";
import { atLeast } from "../severity.ts";
import { type Baseline, createBaseline, expectation, learn } from "../state/baseline.ts";
import { requestsOf } from "../state/sources.ts";
import { addToWindow, createWindow, type Window, windowSum } from "../state/window.ts";
import { addMember, type Verdict } from "../verdict.ts";
import { credentialStuffingDescriptor, SCALES, type Scale, TRIES_PER_SOURCE } from "./descriptor.ts";
import {
  type Campaign,
  countAccepted,
  countRefusal,
  createLookAlikes,
  type LookAlikes,
  MOST_TRIES,
} from "./look-alikes.ts";

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
}

interface Login {
  readonly series: readonly Series[];
  readonly alikes: LookAlikes;
  verdict: Verdict | undefined;
}

export const credentialStuffing: Detector = {
  descriptor: credentialStuffingDescriptor,
  stateVersion: 2,
  start(context) {
    const { floors } = context;
    const logins = context.state(() => new Map<number, Login>());
    const lines = () => ({ day: floors.day, sources: floors.sources });
    const requests = (key: number) => requestsOf(context.clients, key);

    function loginAt(endpoint: Endpoint, moment: Moment): Login {
      let login = logins.get(endpoint.id);
      if (login === undefined) {
        const series = SCALES.map((scale) => ({
          scale,
          failures: createWindow(scale.windowMs, 30),
          successes: createWindow(scale.windowMs, 30),
          baseline: createBaseline(),
          tumble: Math.floor(moment.now / scale.windowMs),
          current: new Map(),
          previous: new Map(),
          firstTime: moment.fact.time,
        }));
        login = { series, alikes: createLookAlikes(), verdict: undefined };
        logins.set(endpoint.id, login);
      }
      return login;
    }

    return {
      event(moment) {
        const { auth, endpoint, now, fact } = moment;
        if (auth !== "failure" && auth !== "success") return;
        const login = loginAt(endpoint, moment);
        let over = false;
        for (const series of login.series) {
          roll(series, now, fact.time);
          const failures = addToWindow(series.failures, now, auth === "failure" ? 1 : 0);
          if (auth === "success") addToWindow(series.successes, now, 1);
          else {
            noteSource(series, moment, context.clientName);
            if (goesOver(login, series, moment, failures)) over = true;
          }
        }
        const cold = isCold(moment);
        if (auth === "success") {
          const belongs = countAccepted(login.alikes, moment, cold);
          if (belongs && login.verdict?.closed === false) noteSuccess(login.verdict);
          return;
        }
        const campaign = countRefusal(login.alikes, moment, cold, context.clientName, lines(), requests);
        if (campaign !== undefined && login.verdict?.closed !== false) {
          openForAlikes(login, moment, campaign);
        }
        const { verdict } = login;
        if (verdict === undefined || verdict.closed) return;
        if (over || (verdict.line === "day" && cold)) noteFailure(verdict, cold);
      },
      explain,
    };

    function noteFailure(verdict: Verdict, cold: boolean): void {
      context.add(verdict);
      verdict.notes.failures = Number(verdict.notes.failures ?? 0) + 1;
      if (verdict.line === "day") verdict.observed = Number(verdict.notes.failures);
      if (cold) addMember(verdict, context.clientName());
    }

    function noteSuccess(verdict: Verdict): void {
      verdict.notes.successes = Number(verdict.notes.successes ?? 0) + 1;
      verdict.outcome = "probably_succeeded";
      verdict.severity = atLeast(verdict.severity, "high");
      context.add(verdict);
      addMember(verdict, context.clientName());
      context.changed(verdict);
    }

    /** Whether the login is over its line on this scale; opens the verdict when it gets there. */
    function goesOver(login: Login, series: Series, moment: Moment, failures: number): boolean {
      const { scale } = series;
      const expected = expectation(series.baseline, moment.fact.time);
      const learned = expected.count >= ENOUGH_WINDOWS ? expected.mean + SPREADS * expected.spread : 0;
      const threshold = Math.max(floors[scale.name], learned);
      const { verdict } = login;
      if (verdict !== undefined && !verdict.closed) {
        if (verdict.unit.endsWith(scale.words)) verdict.observed = Math.max(verdict.observed, failures);
        return failures >= threshold / 3;
      }
      if (failures < threshold) return false;
      const successes = windowSum(series.successes, moment.now);
      if (failures / (failures + successes) < FAILURE_SHARE) return false;
      const sources = new Map([...series.previous, ...series.current]);
      if (sources.size < floors.sources || failures / sources.size > TRIES_PER_SOURCE) return false;
      open(login, series, moment, { failures, expected: expected.mean, threshold, sources });
      return true;
    }

    function open(login: Login, series: Series, moment: Moment, reading: Reading): void {
      const { sources, failures } = reading;
      const cold = [...sources.values()].filter((source) => source.cold);
      const verdict = context.open({
        severity: "medium",
        confidence: cold.length * 2 > sources.size ? 0.9 : 0.75,
        outcome: "attempted",
        entity: campaignAt(moment),
        observed: failures,
        expected: reading.expected,
        threshold: reading.threshold,
        line: series.scale.name,
        unit: `refused logins in ${series.scale.words}`,
        firstSeen: series.firstTime,
        events: failures - 1,
        notes: { failures: failures - 1 },
      });
      const named = cold.length >= floors.sources ? cold : [...sources.values()];
      for (const source of named) addMember(verdict, source.name, source.tries);
      login.verdict = verdict;
      context.changed(verdict);
    }

    function openForAlikes(login: Login, moment: Moment, { failures, threshold, sources }: Campaign): void {
      const verdict = context.open({
        severity: "medium",
        confidence: 0.8,
        outcome: "attempted",
        entity: campaignAt(moment),
        observed: failures,
        threshold,
        line: "day",
        unit: "refused logins of look-alikes in a day",
        firstSeen: Math.min(...sources.map(({ since }) => since)),
        events: failures - 1,
        notes: { failures: failures - 1 },
      });
      for (const source of sources) addMember(verdict, source.name, source.tries);
      login.verdict = verdict;
      context.changed(verdict);
    }

    function campaignAt({ endpoint }: Moment): Entity {
      return {
        type: "campaign",
        value: `many sources logging in at ${templateOf(context.endpoints, endpoint)}`,
      };
    }
  },
};

interface Reading {
  readonly failures: number;
  readonly expected: number;
  readonly threshold: number;
  readonly sources: ReadonlyMap<number, Tries>;
}

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
  const assets = moment.client?.assets ?? 0;
  return moment.clientRequests - assets <= COLD_REQUESTS;
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
  if (verdict.line === "day") {
    return `${Math.round(verdict.observed)} logins were refused within a day, from ${verdict.memberCount} addresses that are alike (one user agent, one kind of program or one network), with at most ${MOST_TRIES} tries each, and that did nothing here but log in, while others got in. The line is at ${Math.round(verdict.threshold)}; sources that get in or go on to other pages do not count.${worked}`;
  }
  return `${Math.round(verdict.observed)} logins were refused within one window where ${usual} are usual; the line is at ${Math.round(verdict.threshold)}. They came from ${verdict.memberCount} addresses with at most ${TRIES_PER_SOURCE} tries each on average, most of which did nothing here but log in. The same number from few addresses would be a brute force, and fewer would not have fired.${worked}`;
}
