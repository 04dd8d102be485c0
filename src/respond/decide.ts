/**
 * Whether a change of an incident is worth a notice to a route, and when it goes out: a function of the route, what
 * the route was told before, and the change alone. Counts that grow are not news; the same news is never told twice.
 */
import { type Category, OUTCOMES, type Outcome, SEVERITIES, type Severity } from "../event.ts";
import type { IncidentState } from "../store/records/incident-state.ts";
import { NOTICE_REASONS, type NoticeReason, type Notified, type Waiting } from "../store/records/notices.ts";
import { endOfQuiet } from "./quiet-hours.ts";
import { type AlertRoute, remindAfter } from "./settings.ts";

/** What of an incident counts here. */
export interface Standing {
  readonly severity: Severity;
  readonly outcome: Outcome;
  readonly categories: readonly Category[];
  readonly services: readonly string[];
  readonly state: IncidentState;
  /** It had been resolved, and goes on. */
  readonly reopened: boolean;
}

export interface Past {
  /** What the route was told; undefined is nothing. */
  readonly notified: Notified | undefined;
  /** A notice of the same incident that nobody has begun to send. */
  readonly waiting: Waiting | undefined;
  /** The route was told of an incident that has now gone into this one. */
  readonly absorbed: boolean;
}

export interface Decision extends Waiting {
  /** What the route has been told once this notice is out. */
  readonly notified: Notified;
}

/** @param now milliseconds since the epoch @returns undefined when the route has nothing to be told */
export function decide(route: AlertRoute, past: Past, incident: Standing, now: number): Decision | undefined {
  const { notified, waiting } = past;
  const news = newsFor(route, past, incident, now);
  if (news === undefined) {
    // What waits goes out anyway: it may as well tell the newest state.
    return waiting && notified && { ...waiting, notified };
  }
  const due = dueAt(route, incident.severity, now);
  return {
    reason: waiting === undefined ? news : weightier(waiting.reason, news),
    due: waiting === undefined ? due : Math.min(waiting.due, due),
    notified: {
      severity:
        news === "reopened" ? incident.severity : higher(SEVERITIES, notified?.severity, incident.severity),
      outcome: news === "reopened" ? incident.outcome : higher(OUTCOMES, notified?.outcome, incident.outcome),
      at: now,
      reminders: news === "reminder" ? (notified?.reminders ?? 0) + 1 : 0,
    },
  };
}

function newsFor(
  route: AlertRoute,
  { notified, absorbed }: Past,
  incident: Standing,
  now: number,
): NoticeReason | undefined {
  // People know of it, and have said that it is none.
  if (incident.state === "false_positive") return undefined;
  if (!concerns(route, incident)) return undefined;
  if (notified === undefined) return absorbed ? "merged" : "new";
  if (incident.reopened) return "reopened";
  if (SEVERITIES.indexOf(incident.severity) > SEVERITIES.indexOf(notified.severity)) return "severity";
  if (success(incident.outcome) > success(notified.outcome)) return "outcome";
  if (absorbed) return "merged";
  const silence = remindAfter(route);
  const remind = silence > 0 && incident.state === "open" && notified.reminders < route.most_reminders;
  return remind && now - notified.at >= silence ? "reminder" : undefined;
}

export function concerns(route: AlertRoute, { severity, categories, services, outcome }: Standing): boolean {
  if (SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(route.least_severity)) return false;
  if (route.categories && !categories.some((category) => route.categories?.includes(category))) return false;
  if (route.services && !services.some((service) => route.services?.includes(service))) return false;
  return route.outcomes === undefined || route.outcomes.includes(outcome);
}

function dueAt(route: AlertRoute, severity: Severity, now: number): number {
  const grouped = now + route.group_seconds * 1000;
  const { quiet_except } = route;
  if (quiet_except !== "never" && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(quiet_except))
    return grouped;
  return endOfQuiet(route, grouped) ?? grouped;
}

/** "unknown" and "attempted" are the same news: no success was seen. */
function success(outcome: Outcome): number {
  return Math.max(OUTCOMES.indexOf("attempted"), OUTCOMES.indexOf(outcome));
}

function weightier(a: NoticeReason, b: NoticeReason): NoticeReason {
  return NOTICE_REASONS.indexOf(a) <= NOTICE_REASONS.indexOf(b) ? a : b;
}

function higher<T>(order: readonly T[], before: T | undefined, now: T): T {
  return before !== undefined && order.indexOf(before) > order.indexOf(now) ? before : now;
}
