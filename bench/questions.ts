/** The requests of the console and of people who investigate, over everything that is stored. */
import { MONTH } from "./stored-month.ts";

export interface Request {
  /** Below /api/v1. */
  readonly path: string;
  /** With a body it is a POST. */
  readonly body?: object;
}

export type Ask = (request: Request) => Promise<unknown>;

export interface Question extends Request {
  readonly name: string;
  /** Over all events, or over those of one client, user, session, trace or id. */
  readonly of: "all" | "entity";
}

/** What is asked for by its value: neither the busiest nor the rarest. */
export interface Sample {
  readonly client: string;
  readonly user: string;
  readonly session: string;
  readonly trace: string;
  /** An event that was sent with an id. */
  readonly id: string;
}

export async function takeSample(ask: Ask): Promise<Sample> {
  const first = async (text: string): Promise<readonly unknown[]> => {
    const { rows } = (await ask({ path: "/query", body: { query: text, rows: 1 } })) as {
      readonly rows: readonly (readonly unknown[])[];
    };
    if (rows[0] === undefined) throw new Error(`there is no answer to ${text}`);
    return rows[0];
  };
  const known = "where isnotempty(session.id) and isnotempty(trace_id) and isnotempty(user.id)";
  const [user] = await first(
    `events | ${known} | summarize n = count() by user.id | top 200 by n | sort by n asc | take 1`,
  );
  const [client, session, trace, id] = await first(
    `events | ${known} and user.id == ${JSON.stringify(user)} | project client.address, session.id, trace_id, event.id | take 1`,
  );
  return {
    client: String(client),
    user: String(user),
    session: String(session),
    trace: String(trace),
    id: String(id),
  };
}

/** @param round each asks about a time of its own, so that none is answered from what the one before left behind */
export function questions({ client, user, session, trace, id }: Sample, round: number): readonly Question[] {
  const from = new Date(MONTH.from - 1 - round).toISOString();
  const to = new Date(MONTH.to).toISOString();
  const query = (text: string): Request => ({ path: "/query", body: { query: text, from, to, rows: 100 } });
  const chart = (what: "histogram" | "facets", text: string): Request => ({
    path: `/${what}?${new URLSearchParams({ query: text, from, to })}`,
  });
  const one = (field: string, value: string) => `events | where ${field} == ${JSON.stringify(value)}`;
  const all: readonly (readonly [name: string, request: Request])[] = [
    ["latest 100, whole", query("events | take 100")],
    ["histogram", chart("histogram", "events")],
    ["facets, the usual five", chart("facets", "events")],
    [
      "requests by hour and service",
      query("events | summarize n = count() by bin(timestamp, 1h), service.name"),
    ],
    [
      "busiest routes, their errors",
      query("events | summarize n = count(), errors = countif(status >= 500) by http.route | top 20 by n"),
    ],
    [
      "95th percentile by route",
      query("events | summarize p = percentile(duration_ms, 95) by http.route | top 20 by p"),
    ],
    [
      "95th percentile and clients by route",
      query(
        "events | summarize p = percentile(duration_ms, 95), c = dcount(client.address) by http.route | top 20 by c",
      ),
    ],
    ["clients by day", query("events | summarize c = dcount(client.address) by bin(timestamp, 1d)")],
    ["busiest paths", query("events | summarize n = count() by url.path | top 20 by n")],
    [
      "clients with most errors",
      query("events | where status >= 400 | summarize n = count() by client.address | top 20 by n"),
    ],
    [
      "attacks by client",
      query(
        'events | where finding.class has "sqli" | summarize n = count() by client.address | top 20 by n',
      ),
    ],
    ["server errors, latest 100, whole", query("events | where status >= 500")],
    ["server errors, histogram", chart("histogram", "events | where status >= 500")],
    ["server errors, facets", chart("facets", "events | where status >= 500")],
    ["free text, latest 100, whole", query('"sqlmap"')],
    ["free text, of no event", query('"zyzzyvas"')],
    ["free text, histogram", chart("histogram", '"sqlmap"')],
    ["free text, facets", chart("facets", '"sqlmap"')],
    ["free text of two words, count", query('"union select" | count')],
    ["one letter, latest 100, whole", query('"a"')],
    ["without a word, latest 100, whole", query('not "sqlmap"')],
    ["without a word, histogram", chart("histogram", 'not "sqlmap"')],
    ["word in the path, latest 100", query('events | where url.path has "wishlist"')],
    ["rare word in the query, count", query('events | where url.query has "sleep" | count')],
    ["part of the path, count", query('events | where url.path contains "ishlis" | count')],
    [
      "regular expression on the path, count",
      query('events | where url.path matches regex @"/orders/\\d+/refund" | count'),
    ],
    ["header, count", query('events | where http.request.headers["referer"] contains "evil" | count')],
    ["network, count", query('events | where ipv4_is_in_range(client.address, "73.0.0.0/8") | count')],
  ];
  const entity: readonly (readonly [name: string, request: Request])[] = [
    ["one client, latest 100, whole", query(one("client.address", client))],
    ["one client, histogram", chart("histogram", one("client.address", client))],
    ["one client, facets", chart("facets", one("client.address", client))],
    ["one user, latest 100, whole", query(one("user.id", user))],
    ["one user, histogram", chart("histogram", one("user.id", user))],
    ["one session, whole", query(one("session.id", session))],
    ["one trace, whole", query(one("trace_id", trace))],
    [
      "one client's page",
      { path: `/entities/client.address/${client}?${new URLSearchParams({ from, to })}` },
    ],
    ["one event by its id", { path: `/events/${id}` }],
    ["around one event", { path: `/events/${id}/around` }],
  ];
  return [
    ...all.map(([name, request]) => ({ name, of: "all" as const, ...request })),
    ...entity.map(([name, request]) => ({ name, of: "entity" as const, ...request })),
  ];
}
