/**
 * What one principal sees. Everything that belongs to a service (events, verdicts, incidents, exceptions, saved
 * queries) goes through here and nowhere else: routes have no other way to the store, so that none can forget
 * whose data it shows.
 */
import { randomUUID } from "node:crypto";
import type { Band } from "../../detect/series/band.ts";
import { VedetteError } from "../../errors.ts";
import type { Detection } from "../../event.ts";
import { formatString } from "../../explore/query/format.ts";
import { compilePredicate } from "../../explore/query/predicate.ts";
import { prepareQuery } from "../../explore/query/prepare.ts";
import type { Tails, Watcher } from "../../explore/tails.ts";
import type { Live } from "../../live/live.ts";
import {
  answerBacktest,
  answerReplay,
  answerSweep,
  type BacktestAnswer,
  type HistoryRequest,
  type HistorySource,
  type Proposal,
  type ReplayAnswer,
  type Sweep,
  type SweepAnswer,
} from "../../replay/answer.ts";
import type { Difference } from "../../replay/compare.ts";
import type { CaseCounts } from "../../store/records/case-counts.ts";
import type { Case, CaseFilter, Comment } from "../../store/records/cases.ts";
import type { IncidentState } from "../../store/records/incident-state.ts";
import type { Exception, SavedQuery } from "../../store/records/preferences.ts";
import { type EntityActivity, entityActivity, type RolledUp } from "../../store/sql/entity.ts";
import { answerFacets, answerQuery, type Facet, type QueryAnswer } from "../../store/sql/query.ts";
import { type Recorded, recordedSince } from "./foresee.ts";
import type { Gate } from "./gate.ts";
import { maySee, type Principal } from "./principal.ts";
import { type Shared, sharedOf } from "./shared.ts";

export interface TimeRange {
  /** Milliseconds since the epoch; `from` is included, `to` is not. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface View extends Shared {
  query(text: string, range: TimeRange, rows: number): Promise<QueryAnswer>;
  /** What was learned of a service's requests per minute; undefined also for a service that may not be seen. */
  band(service: string): Band | undefined;
  /** Rows as objects by column name. */
  rows(text: string, range: TimeRange, rows: number): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** @param values most of each field */
  facets(
    text: string,
    fields: readonly string[],
    range: TimeRange,
    values: number,
  ): Promise<readonly Facet[]>;
  /** @throws VedetteError NOT_FOUND, also for what may not be seen */
  event(id: string): Promise<Readonly<Record<string, unknown>>>;
  entity(type: RolledUp, value: string, range: TimeRange, stepSeconds: number): Promise<EntityActivity>;
  /** @throws QueryError, VedetteError TOO_MANY_REQUESTS */
  watch(text: string): Watcher;
  incidents(filter: Omit<CaseFilter, "services">): Promise<readonly Case[]>;
  incidentCounts(): Promise<CaseCounts>;
  /** @throws VedetteError NOT_FOUND */
  incident(id: string): Promise<Case>;
  detections(incidentId: string): Promise<readonly Detection[]>;
  comments(incidentId: string): Promise<readonly Comment[]>;
  /** @throws VedetteError NOT_FOUND, CHANGED_MEANWHILE */
  changeIncident(
    known: Case,
    change: { state?: IncidentState; assignee?: string | undefined },
  ): Promise<Case>;
  comment(incidentId: string, text: string): Promise<Comment>;
  exceptions(): Promise<readonly CountedException[]>;
  /** @throws VedetteError FORBIDDEN for one that reaches beyond what the principal sees */
  addException(exception: Omit<Exception, "id" | "author" | "created">): Promise<Exception>;
  /** @throws VedetteError NOT_FOUND */
  changeException(id: string, change: Pick<Exception, "reason" | "expires">): Promise<CountedException>;
  removeException(id: string): Promise<void>;
  /** Incidents that were seen since then, with their detections: the latest first, so many at most. */
  recorded(since: number): Promise<Recorded>;
  /** @throws VedetteError STORE_BUSY while another runs, and the signal's reason */
  replay(request: HistoryRequest, signal: AbortSignal): Promise<ReplayAnswer>;
  backtest(request: HistoryRequest, proposal: Proposal, signal: AbortSignal): Promise<BacktestAnswer>;
  sweep(request: HistoryRequest, sweep: Sweep, signal: AbortSignal): Promise<SweepAnswer>;
  savedQueries(): Promise<readonly SavedQuery[]>;
  /** @throws VedetteError NAME_TAKEN, NOT_FOUND */
  saveQuery(id: string | undefined, query: Pick<SavedQuery, "name" | "text" | "shared">): Promise<SavedQuery>;
  removeQuery(id: string): Promise<void>;
}

export interface CountedException extends Exception {
  /** Detections of late that it has made facts. */
  readonly hides: number;
}

export interface ViewSources {
  readonly live: Pick<Live, "store" | "records" | "watch" | "band" | "detection" | "networks">;
  /** Lets one replay run at a time. */
  readonly oneReplay: Gate;
  readonly tails: Tails;
  readonly now: () => number;
}

const MOST_QUERIES = 500;
const MOST_EXCEPTIONS = 5_000;

export function viewOf(principal: Principal, { live, tails, oneReplay, now }: ViewSources): View {
  const { store } = live;
  const { cases, preferences } = live.records;
  const { services, actor } = principal;
  const limited = services === "all" ? undefined : services;
  const read = (query: Parameters<typeof store.query>[0]) => store.query(query);

  const query: View["query"] = (text, { from, to }, rows) =>
    answerQuery(text, { now: now(), scope: { from, to, services }, rows }, read);

  const facets: View["facets"] = (text, fields, { from, to }, values) =>
    answerFacets(text, fields, values, { now: now(), scope: { from, to, services } }, read);

  const rows: View["rows"] = async (text, range, most) => {
    const { columns, rows: found } = await query(text, range, most);
    return found.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])));
  };

  const history = (signal: AbortSignal): HistorySource => ({
    read,
    networks: live.networks,
    services,
    signal,
  });

  async function incident(id: string): Promise<Case> {
    return (await cases.get(id, limited)) ?? missing("incident", id);
  }

  /** A verdict on one service may show events of another: only those that may be seen stay. */
  async function withVisibleSamples(detections: readonly Detection[]): Promise<readonly Detection[]> {
    if (limited === undefined) return detections;
    const ids = detections.flatMap(({ samples }) => samples.flatMap((one) => ("id" in one ? [one.id] : [])));
    const seen = new Set<unknown>();
    for (let from = 0; from < ids.length; from += 500) {
      const list = ids
        .slice(from, from + 500)
        .map(formatString)
        .join(", ");
      for (const row of await rows(`events | where event.id in (${list}) | project event.id`, {}, 500))
        seen.add(row["event.id"]);
    }
    const exceptionIds = new Set((await exceptions()).map((one) => one.id));
    return detections.map(({ exception, ...detection }) => ({
      ...detection,
      ...(exception !== undefined && exceptionIds.has(exception.id) ? { exception } : {}),
      samples: detection.samples.filter((sample) => "id" in sample && seen.has(sample.id)),
    }));
  }

  const exceptions: View["exceptions"] = async () =>
    (await preferences.exceptions(now()))
      .filter(({ service }) => maySee(principal, service))
      .map((each) => ({ ...each, hides: live.watch.hidden.get(each.id) ?? 0 }));

  async function exception(id: string): Promise<CountedException> {
    return (await exceptions()).find((each) => each.id === id) ?? missing("exception", id);
  }

  const savedQueries: View["savedQueries"] = async () =>
    // What others share may name what this one may not see.
    (await preferences.queries(actor)).filter(({ owner }) => owner === actor || limited === undefined);

  return {
    ...sharedOf(principal, live.records.shares, now),
    query,
    rows,
    facets,
    band: (service) => (maySee(principal, service) ? live.band(service) : undefined),
    async event(id) {
      // The store finds an id by its index; what it is sorted by takes the query to the same place.
      const found = await store.event(id);
      const at = timeOf(found?.timestamp);
      if (found === undefined || at === undefined) return missing("event", id);
      const place = ["service.name", "client.address"]
        .map((name) => `${name} == ${formatString(String(found[name]))}`)
        .join(" and ");
      const asked = `events | where ${place} and event.id == ${formatString(id)} | take 1`;
      const [event] = await rows(asked, { from: at, to: at + 1 }, 1);
      return event ?? missing("event", id);
    },
    entity: (type, value, { from, to }, step) =>
      entityActivity({ type, value }, { from, to, services }, step, read),
    watch(text) {
      const matches = compilePredicate(prepareQuery(text, { now: now() }));
      return tails.watch(
        (event, findings) => maySee(principal, event["service.name"] ?? "") && matches(event, findings),
      );
    },
    incidents: (filter) => cases.list({ ...filter, services: limited }),
    incidentCounts: () => cases.counts(limited),
    incident,
    async detections(id) {
      await incident(id);
      return withVisibleSamples(await cases.detections(id));
    },
    async comments(id) {
      await incident(id);
      return cases.comments(id);
    },
    async changeIncident(known, change) {
      const { id } = known.incident;
      const at = Math.max(now(), known.updated + 1);
      if (!(await cases.change(id, change, at, known)))
        throw new VedetteError("CHANGED_MEANWHILE", "The incident has changed since it was read", id);
      return incident(id);
    },
    async comment(incidentId, text) {
      await incident(incidentId);
      const comment = { id: randomUUID(), incidentId, author: actor, at: now(), text };
      await cases.addComment(comment);
      return comment;
    },
    recorded: (since) => recordedSince(cases, limited, since),
    exceptions,
    async addException(given) {
      if (!maySee(principal, given.service))
        throw new VedetteError("FORBIDDEN", "An exception must name a service that you may see", "service");
      if ((await preferences.exceptions(now())).length >= MOST_EXCEPTIONS)
        throw new VedetteError("LIMIT_REACHED", `There are ${MOST_EXCEPTIONS} exceptions already`);
      const made = { ...given, id: randomUUID(), author: actor, created: now() };
      await preferences.addException(made);
      await live.detection.apply();
      return made;
    },
    async changeException(id, change) {
      const known = await exception(id);
      await preferences.changeException(id, change);
      await live.detection.apply();
      return { ...known, ...change };
    },
    async removeException(id) {
      await exception(id);
      await preferences.removeException(id);
      await live.detection.apply();
    },
    replay: (request, signal) =>
      oneReplay(async () => {
        const answer = await answerReplay(request, await live.detection.wanted(), history(signal), now());
        return { ...answer, detections: await withVisibleSamples(answer.detections) };
      }),
    backtest: (request, proposal, signal) =>
      oneReplay(async () => {
        const present = await live.detection.wanted();
        const answer = await answerBacktest(request, present, proposal, history(signal), now());
        const seen = async (each: Difference): Promise<Difference> => ({
          ...each,
          examples: { ...each.examples, detections: await withVisibleSamples(each.examples.detections) },
        });
        return { ...answer, appeared: await seen(answer.appeared), vanished: await seen(answer.vanished) };
      }),
    sweep: (request, sweep, signal) =>
      oneReplay(async () =>
        answerSweep(request, await live.detection.wanted(), sweep, history(signal), now()),
      ),
    savedQueries,
    async saveQuery(id, given) {
      const own = (await savedQueries()).filter(({ owner }) => owner === actor);
      const known = own.find((each) => each.id === id);
      if (id !== undefined && known === undefined) missing("saved query", id);
      if (known === undefined && own.length >= MOST_QUERIES)
        throw new VedetteError("LIMIT_REACHED", `There are ${MOST_QUERIES} saved queries already`);
      const at = now();
      const made = {
        id: id ?? randomUUID(),
        owner: actor,
        created: known?.created ?? at,
        updated: at,
        ...given,
      };
      if (!(await preferences.putQuery(made)))
        throw new VedetteError("NAME_TAKEN", "There is a saved query of that name", given.name);
      return made;
    },
    async removeQuery(id) {
      if (!(await preferences.removeQuery(id, actor))) missing("saved query", id);
    },
  };
}

/** As the store writes times: "2026-03-03 12:00:00.000", UTC. */
function timeOf(stored: unknown): number | undefined {
  const time = Date.parse(`${String(stored).replace(" ", "T")}Z`);
  return Number.isNaN(time) ? undefined : time;
}

function missing(what: string, id: string): never {
  throw new VedetteError("NOT_FOUND", `There is no such ${what}`, id.slice(0, 200));
}
