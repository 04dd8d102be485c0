/** A flood from many sources at once: the service drowns though no single source stands out. */
import { FACT_FLAG } from "../../fact.ts";
import type { Detector, Floors, Moment } from "../detector.ts";
import { type Service, templateOf } from "../endpoints.ts";
import { busiest, clientsIn, type EndpointMinute, MINUTE_MS, type ServiceMinute } from "../minutes.ts";
import { atLeast } from "../severity.ts";
import { type Baseline, createBaseline, expectation, learn } from "../state/baseline.ts";
import { addMember, MAX_MEMBERS, type Verdict } from "../verdict.ts";
import { denialOfServiceDescriptor } from "./descriptor.ts";

const RATIO = 3;
const SPREADS = 10;
/** Minutes that must be known before the learned line replaces the cold one. */
const ENOUGH_MINUTES = 30;
/** From the line divided by this on, the crowd is remembered. */
const SUSPICIOUS_SHARE = 4;
const HARM_SHARE = 0.1;
const CONCENTRATED = 0.6;
const FRESH_SHARE = 0.5;
const MIN_CLIENTS = 20;
const SLOWER = 3;

interface Watch {
  readonly rate: Baseline;
  readonly fresh: Baseline;
  verdict: Verdict | undefined;
  /** Stream time until which events are taken for the flood's. */
  until: number;
  endpoint: number;
  readonly members: Set<number>;
  /** Requests of the current minute, and the number from which it looks like a flood. */
  minute: number;
  requests: number;
  suspicious: number;
  /** Who sent them, once it does: client key → name and endpoint. Bounded. */
  readonly crowd: Map<number, { readonly name: string; readonly endpoint: number; requests: number }>;
}

export const denialOfService: Detector = {
  descriptor: denialOfServiceDescriptor,
  stateVersion: 1,
  start(context) {
    const { floors } = context;
    const watches = context.state(() => new Map<Service, Watch>());

    return {
      event(moment) {
        const watch = watches.get(moment.endpoint.service);
        if (watch === undefined || (moment.fact.flags & FACT_FLAG.ASSET) !== 0) return;
        gather(watch, moment);
        if (watch.verdict === undefined || watch.verdict.closed || moment.now > watch.until) return;
        if (moment.endpoint.id !== watch.endpoint) return;
        context.add(watch.verdict);
        noteMember(watch, moment.fact.clientKey, context.clientName);
      },
      minute(minute) {
        let watch = watches.get(minute.service);
        if (watch === undefined) {
          watch = {
            rate: createBaseline(),
            fresh: createBaseline(),
            verdict: undefined,
            until: 0,
            endpoint: -1,
            members: new Set(),
            minute: 0,
            requests: 0,
            suspicious: floors.cold / SUSPICIOUS_SHARE,
            crowd: new Map(),
          };
          watches.set(minute.service, watch);
        }
        judge(watch, minute);
        watch.crowd.clear();
        watch.suspicious = lineOf(watch, minute, floors).threshold / SUSPICIOUS_SHARE;
        learn(watch.rate, minute.time, minute.dynamic);
        learn(watch.fresh, minute.time, (minute.fresh / minute.requests) * 100);
      },
      explain,
    };

    /** From a quarter of the line on, who is asking is remembered: by the time it is a flood, they came already. */
    function gather(watch: Watch, moment: Moment): void {
      const minute = Math.floor(moment.now / MINUTE_MS);
      if (minute !== watch.minute) {
        watch.minute = minute;
        watch.requests = 0;
      }
      if (++watch.requests < watch.suspicious) return;
      const { clientKey } = moment.fact;
      const known = watch.crowd.get(clientKey);
      if (known !== undefined) known.requests++;
      else if (watch.crowd.size < MAX_MEMBERS) {
        watch.crowd.set(clientKey, { name: context.clientName(), endpoint: moment.endpoint.id, requests: 1 });
      }
    }

    function noteMember(watch: Watch, clientKey: number, name: () => string): void {
      if (watch.verdict === undefined || watch.members.has(clientKey)) return;
      if (watch.members.size >= MAX_MEMBERS) {
        watch.verdict.memberCount++;
        return;
      }
      watch.members.add(clientKey);
      addMember(watch.verdict, name());
    }

    function judge(watch: Watch, minute: ServiceMinute): void {
      const { expected, threshold, line } = lineOf(watch, minute, floors);
      if (minute.dynamic < threshold || minute.majorityVotes * 2 > minute.requests) return;
      const most = busiest(minute);
      const clients = clientsIn(minute);
      if (most === undefined || clients < MIN_CLIENTS) return;
      const share = most.requests / minute.dynamic;
      const usualShare = most.endpoint.requests / Math.max(1, most.endpoint.service.requests);
      const harm = (minute.errors + minute.throttled) / minute.dynamic;
      const usualFresh = expectation(watch.fresh, minute.time).mean / 100;
      const fresh = minute.fresh / minute.requests;
      const harmed = harm >= HARM_SHARE || slower(most);
      const bots = fresh >= Math.max(FRESH_SHARE, usualFresh * 1.5);
      const concentrated = share >= CONCENTRATED && share >= usualShare * 1.5;
      if (!(harmed && (concentrated || bots)) && !(concentrated && bots)) return;

      if (watch.verdict === undefined || watch.verdict.closed) {
        watch.members.clear();
        watch.verdict = context.open({
          severity: "medium",
          confidence: harmed && concentrated ? 0.9 : 0.75,
          outcome: "attempted",
          entity: { type: "campaign", value: `many sources flooding ${minute.service.name}` },
          observed: minute.dynamic,
          expected,
          threshold,
          line,
          unit: "requests a minute",
          service: minute.service.name,
          endpoint: templateOf(context.endpoints, most.endpoint),
          firstSeen: minute.time - MINUTE_MS,
          events: minute.dynamic,
          at: minute.time,
        });
      }
      const { verdict } = watch;
      watch.until = minute.start + 2 * MINUTE_MS;
      watch.endpoint = most.endpoint.id;
      verdict.observed = Math.max(verdict.observed, minute.dynamic);
      verdict.notes.clients = Math.max(Number(verdict.notes.clients ?? 0), clients);
      verdict.notes.share = Math.round(share * 100);
      verdict.notes.fresh = Math.round(fresh * 100);
      verdict.notes.harm = Math.max(Number(verdict.notes.harm ?? 0), Math.round(harm * 100));
      for (const [key, { name, endpoint }] of watch.crowd) {
        if (endpoint === most.endpoint.id) noteMember(watch, key, () => name);
      }
      if (harmed) {
        verdict.outcome = "succeeded";
        verdict.severity = atLeast(verdict.severity, "high");
      }
      context.changed(verdict);
    }
  },
};

interface Line {
  readonly expected: number;
  readonly threshold: number;
  /** Name of the threshold that it begins with. */
  readonly line: string;
}

/** What is usual for this service at this time, and where a flood begins. */
function lineOf(watch: Watch, minute: ServiceMinute, floors: Floors): Line {
  const expected = expectation(watch.rate, minute.time);
  const learned = Math.max(expected.mean * RATIO, expected.mean + SPREADS * expected.spread);
  const line = expected.count >= ENOUGH_MINUTES ? "rate" : "cold";
  return { expected: expected.mean, threshold: Math.max(floors[line], learned), line };
}

function slower(at: EndpointMinute): boolean {
  const { durations } = at.endpoint;
  if (at.timed < 20 || durations.total < 200) return false;
  let logs = 0;
  let seen = 0;
  for (let bucket = 0; bucket < durations.counts.length; bucket++) {
    seen += durations.counts[bucket];
    if (seen >= durations.total / 2) {
      logs = Math.log(1 + 2 ** (bucket / 4));
      break;
    }
  }
  return at.logDurations / at.timed > logs + Math.log(SLOWER);
}

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  const harm =
    verdict.outcome === "succeeded"
      ? `It hurt: up to ${notes.harm} % of the answers were 5xx or 429, or answers took three times as long.`
      : "The service kept answering.";
  return `Up to ${Math.round(verdict.observed)} requests a minute where ${Math.round(verdict.expected ?? 0)} are usual (the line is at ${Math.round(verdict.threshold)}), from about ${notes.clients} addresses of which none sent half. ${notes.share} % went to one endpoint and ${notes.fresh} % came from addresses first seen minutes ago; a crowd of customers spreads over the pages and loads their pictures. ${harm}`;
}
