/** One client, user or key: what it did, where and when, and the incidents about it. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { OUTCOMES, SEVERITIES } from "../../../src/event.ts";
import { formatString } from "../../../src/explore/query/format.ts";
import { count } from "../../../src/report/format-values.ts";
import { entityWords, sentence } from "../../../src/report/html/view/words.ts";
import { inert } from "../../../src/report/inert.ts";
import type { Row } from "../api/answers.ts";
import { api } from "../api/client.ts";
import { histogramQuery, rowsQuery } from "../api/queries.ts";
import { Card, Empty, Logged, Skeleton, Trouble } from "../parts/basics.tsx";
import { TrafficChart } from "../parts/chart.tsx";
import { TrafficLegend } from "../parts/chart-legend.tsx";
import { EntityLink } from "../parts/entity-link.tsx";
import { bytes, percent, short } from "../parts/figures.ts";
import { OutcomeMark, SeverityMark } from "../parts/verdict-marks.tsx";
import { When } from "../parts/when.tsx";
import { Page } from "../shell/page.tsx";
import { useRange, useSetRange } from "../shell/range.ts";
import { RangePicker } from "../shell/range-picker.tsx";
import { HoursMap } from "./hours-map.tsx";
import { ROLLED_UP } from "./kinds.ts";

export default function Profile() {
  const { type, value } = useParams({ from: "/shell/entities/$type/$value" });
  const range = useRange();
  const setRange = useSetRange();
  const events = `events | where ${ROLLED_UP.find((each) => each === type) ?? "client.address"} == ${formatString(value)}`;
  const profile = useQuery({
    queryKey: ["entity", type, value, range.key],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api("GET /entities/{type}/{value}", { params: { type, value }, query: range.bounds(), signal }),
  });
  const histogram = useQuery(histogramQuery(events, range));
  const data = profile.data;
  return (
    <Page
      title={inert(value)}
      above={
        <Link to="/entities" className="text-small text-muted hover:text-text">
          {sentence(entityWords(type))}
        </Link>
      }
      aside={
        <>
          <Link to="/explore" search={(before) => ({ ...before, q: events })} className="button">
            Its events
          </Link>
          <RangePicker />
        </>
      }
    >
      <Trouble error={profile.error} className="mb-4" />
      {data === undefined ? (
        profile.error === null && <Skeleton lines={8} />
      ) : (
        <div className="grid gap-4 xl:grid-cols-3">
          <Figures
            className="xl:col-span-3"
            figures={[
              ["Requests", count(data.total.requests)],
              ["With an attack", count(data.total.attacks)],
              ["Refused (4xx)", percent(data.total.client_errors / data.total.requests)],
              ["Failed (5xx)", percent(data.total.server_errors / data.total.requests)],
              ["Received", bytes(data.total.response_bytes)],
              ["First seen", <When key="first" at={data.first_seen} />],
              ["Last seen", <When key="last" at={data.last_seen} />],
            ]}
          />
          <Card title="Activity" aside={<TrafficLegend />} className="xl:col-span-2">
            <div className="px-4 pb-2">
              {histogram.data === undefined ? (
                <div className="h-47" />
              ) : (
                <TrafficChart
                  histogram={histogram.data}
                  onZoom={(from, to) =>
                    setRange({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })
                  }
                />
              )}
            </div>
          </Card>
          <HoursMap buckets={data.buckets} />
          <Incidents rows={data.incidents} />
          <Commonest title="Endpoints" query={events} by="http.route" />
          <Commonest
            title="Places"
            query={events}
            by={type === "client.address" ? "client.as.organization.name" : "client.geo.country_iso_code"}
          />
          <Commonest title="Devices" query={events} by="user_agent.name" />
          {type !== "client.address" && <Commonest title="From" query={events} by="client.address" />}
          {type !== "user.id" && <Commonest title="As" query={events} by="user.id" />}
        </div>
      )}
    </Page>
  );
}

function Figures({
  figures,
  className,
}: {
  readonly figures: readonly (readonly [string, React.ReactNode])[];
  readonly className: string;
}) {
  return (
    <dl className={`card flex flex-wrap gap-x-10 gap-y-3 px-4 py-3 ${className}`}>
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt className="text-small text-muted">{label}</dt>
          <dd className="text-lead font-semibold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Incidents({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <Card title="Incidents">
      {rows.length === 0 ? (
        <Empty title="None" />
      ) : (
        <ul className="pb-2">
          {rows.map((row) => {
            const severity = SEVERITIES.find((each) => each === row.severity) ?? "info";
            const outcome = OUTCOMES.find((each) => each === row.outcome) ?? "unknown";
            return (
              <li key={String(row.id)}>
                <Link
                  to="/incidents/$id"
                  params={{ id: String(row.id) }}
                  className="flex gap-2.5 px-4 py-1.5 hover:bg-sunken/60"
                >
                  <SeverityMark severity={severity} bare />
                  <span className="min-w-0">
                    <span className="block">{inert(String(row.title))}</span>
                    <span className="flex flex-wrap gap-x-3 text-small text-muted">
                      <OutcomeMark outcome={outcome} />
                      <When at={row.last_seen} />
                    </span>
                  </span>
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

function Commonest({
  title,
  query,
  by,
}: {
  readonly title: string;
  readonly query: string;
  readonly by: string;
}) {
  const range = useRange();
  const { data } = useQuery(
    rowsQuery(`${query} | where ${by} != "" | summarize n = count() by ${by} | top 8 by n`, range),
  );
  const most = Math.max(1, ...(data ?? []).map(({ n }) => Number(n)));
  const profiled = ROLLED_UP.find((each) => each === by);
  return (
    <Card title={title}>
      {data === undefined ? (
        <Skeleton />
      ) : data.length === 0 ? (
        <Empty title="Not known" />
      ) : (
        <ul className="px-4 pb-3 text-small">
          {data.map((row) => {
            const value = String(row[by]);
            return (
              <li key={value} className="grid grid-cols-[minmax(0,1fr)_5rem_3rem] items-center gap-3 py-1">
                {profiled === undefined ? (
                  <Logged text={value} className="truncate" />
                ) : (
                  <EntityLink entity={{ type: profiled, value }} className="truncate" />
                )}
                <span className="h-1.5 rounded-full bg-sunken">
                  <span
                    className="block h-full rounded-full bg-requests"
                    style={{ width: `${(Number(row.n) / most) * 100}%` }}
                  />
                </span>
                <span className="text-right tabular-nums">{short(Number(row.n))}</span>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
