/** An endpoint that fails far more often than it usually does, for minutes on end. */
import type { Detector } from "../detector.ts";
import { templateOf } from "../endpoints.ts";
import { createEndpointMinute, type EndpointMinute, MINUTE_MS, type ServiceMinute } from "../minutes.ts";
import { atLeast } from "../severity.ts";
import { createKeyed, entryOf } from "../state/keyed.ts";
import type { Verdict } from "../verdict.ts";
import { errorSpikeDescriptor } from "./descriptor.ts";

/** Minutes looked at together, and how many of them must be bad: a deployment restarts within one or two. */
const MINUTES = 5;
const BAD_MINUTES = 3;
const SPREADS = 6;
const WEIGHT = 0.02;
const HALF = 0.5;
/** Times the usual traffic. */
const CROWD = 2;
const SEVERAL = 4;
const NEARLY_ALL = 0.6;

interface Watch {
  readonly recent: { requests: number; errors: number; bad: boolean }[];
  /** Usual share of errors, and usual requests in a minute, followed slowly. */
  usual: number;
  usualRequests: number;
  minutes: number;
  since: number;
  verdict: Verdict | undefined;
}

export const errorSpike: Detector = {
  descriptor: errorSpikeDescriptor,
  stateVersion: 2,
  start(context) {
    const { floors } = context;
    const watches = context.state(() => createKeyed<Watch>(20_000));
    return {
      event() {},
      minute(minute) {
        const total: EndpointMinute = {
          ...createEndpointMinute(minute.service.unmatched),
          requests: minute.dynamic,
          errors: minute.errors,
          errorClient: minute.errorClient,
          errorVotes: minute.errorVotes,
        };
        const one = minute.endpoints.size === 1;
        const broken = judge(minute, total, -1 - minute.service.index, one);
        // When the whole service is down, one verdict says so; its endpoints need not repeat it.
        for (const at of minute.endpoints.values()) {
          if (at.endpoint.known) judge(minute, at, at.endpoint.id + 1, broken && !one);
        }
      },
      explain,
    };

    function judge(minute: ServiceMinute, at: EndpointMinute, key: number, quiet: boolean): boolean {
      if (at.requests === 0) return false;
      const watch = entryOf(watches, key, createWatch);
      const { usual } = watch;
      const share = at.errors / at.requests;
      const bad = share >= floors.share && share > usual * 3 && at.errors >= 3;
      noteMinute(watch, at, bad);
      if (bad && watch.since === 0) watch.since = minute.time - MINUTE_MS;
      let requests = 0;
      let errors = 0;
      let badMinutes = 0;
      for (const one of watch.recent) {
        requests += one.requests;
        errors += one.errors;
        if (one.bad) badMinutes++;
      }
      const expected = usual * requests;
      const threshold = Math.max(
        floors.errors,
        expected + SPREADS * Math.sqrt(Math.max(1, expected * (1 - usual))),
      );
      const spike = badMinutes >= BAD_MINUTES && errors >= threshold;
      if (!spike) {
        watch.minutes++;
        const weight = Math.max(WEIGHT, 1 / (watch.minutes + 5));
        watch.usual += weight * (Math.min(share, usual * 3 + 0.01) - usual);
        watch.usualRequests += weight * (at.requests - watch.usualRequests);
        if (badMinutes === 0) watch.since = 0;
        return false;
      }
      if (quiet) return true;
      const whole = key < 0;
      if (watch.verdict === undefined || watch.verdict.closed) {
        watch.verdict = context.open({
          severity: "medium",
          confidence: 0.9,
          outcome: "unknown",
          entity: whole
            ? { type: "service.name", value: minute.service.name }
            : { type: "http.route", value: templateOf(context.endpoints, at.endpoint) },
          observed: errors,
          expected,
          threshold,
          line: "errors",
          unit: "failed requests in five minutes",
          service: minute.service.name,
          endpoint: whole ? "(all endpoints)" : templateOf(context.endpoints, at.endpoint),
          firstSeen: watch.since,
          events: errors,
          at: minute.time,
        });
      } else {
        watch.verdict.events += at.errors;
        watch.verdict.lastSeen = minute.time;
        watch.verdict.touched = minute.start;
        watch.verdict.observed = Math.max(watch.verdict.observed, errors);
      }
      const { verdict } = watch;
      // Who makes a service fail by its own requests is the story; the failure is its end.
      const cause = at.errorVotes * 2 > at.errors ? context.nameOf(at.errorClient) : undefined;
      if (cause !== undefined) verdict.cause = cause;
      verdict.notes.share = Math.max(Number(verdict.notes.share ?? 0), Math.round((errors / requests) * 100));
      verdict.notes.usual = Math.round(usual * 1000) / 10;
      noteCircumstances(verdict, minute, requests / watch.recent.length / Math.max(1, watch.usualRequests));
      const severity = errors / requests >= HALF ? "high" : "medium";
      if (atLeast(verdict.severity, severity) !== verdict.severity) {
        verdict.severity = severity;
        context.changed(verdict);
      }
      return true;
    }
  },
};

function createWatch(): Watch {
  return { recent: [], usual: 0.005, usualRequests: 0, minutes: 0, since: 0, verdict: undefined };
}

/** The newest last. The oldest becomes the newest: no garbage for every endpoint in every minute. */
function noteMinute({ recent }: Watch, { requests, errors }: EndpointMinute, bad: boolean): void {
  const oldest = recent.length < MINUTES ? undefined : recent.shift();
  if (oldest === undefined) {
    recent.push({ requests, errors, bad });
    return;
  }
  oldest.requests = requests;
  oldest.errors = errors;
  oldest.bad = bad;
  recent.push(oldest);
}

/** What goes with it tells a crowd from a release. @param load requests, in multiples of the usual */
function noteCircumstances({ notes }: Verdict, { endpoints }: ServiceMinute, load: number): void {
  notes.load = Math.max(Number(notes.load ?? 0), Math.round(load * 10) / 10);
  let failing = 0;
  for (const { errors } of endpoints.values()) if (errors > 0) failing++;
  if (failing <= Number(notes.failing ?? 0)) return;
  notes.failing = failing;
  notes.endpoints = endpoints.size;
}

function circumstances({ notes, cause }: Verdict): string {
  const { load, failing, endpoints } = notes;
  if (cause !== undefined) return "";
  if (Number(load) >= CROWD) {
    return ` ${load} times the usual number of requests came at the time and no one source caused most failures: the service may not bear a crowd, such as a newsletter brings, and that is no attack by itself.`;
  }
  if (Number(endpoints) >= SEVERAL && Number(failing) >= Number(endpoints) * NEARLY_ALL) {
    return ` ${failing} of ${endpoints} endpoints failed at the usual traffic, as after a deploy or when what they share breaks: compare the time with your releases.`;
  }
  return ` ${failing} of ${endpoints} endpoints failed at the usual traffic: look at what they depend on.`;
}

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  return `${Math.round(verdict.observed)} requests failed with 5xx within five minutes, up to ${notes.share} % of all; ${notes.usual} % is usual, which makes ${Math.round(verdict.expected ?? 0)} expected. The line is at ${Math.round(verdict.threshold)} failures in at least ${BAD_MINUTES} of ${MINUTES} minutes; a restart of a minute or two would not have fired.${circumstances(verdict)}`;
}
