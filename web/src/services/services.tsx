/** Endpoints by their golden signals: how much, how many failed, how long, how large. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { formatString } from "../../../src/explore/query/format.ts";
import { count } from "../../../src/report/format-values.ts";
import type { Row } from "../api/answers.ts";
import { rowsQuery } from "../api/queries.ts";
import { Card, Empty, Logged, Skeleton, Trouble } from "../parts/basics.tsx";
import { bytes, milliseconds, percent, short } from "../parts/figures.ts";
import { Traffic } from "../parts/traffic.tsx";
import { When } from "../parts/when.tsx";
import { Page } from "../shell/page.tsx";
import { useRange } from "../shell/range.ts";
import { RangePicker } from "../shell/range-picker.tsx";
import { type Change, changeOf, rangeBefore } from "./change.ts";

const SIGNALS =
  "summarize n = count(), errors = countif(status >= 500), refused = countif(status >= 400 and status < 500), " +
  "p50 = percentile(duration_ms, 50), p95 = percentile(duration_ms, 95), p99 = percentile(duration_ms, 99), " +
  "sent = avg(http.response.body.size), attacks = countif(finding.score >= 0.5), first = min(timestamp), last = max(timestamp)";
const COLUMNS = [
  ["n", "Requests"],
  ["errors", "Failed"],
  ["refused", "Refused"],
  ["p50", "p50"],
  ["p95", "p95"],
  ["p99", "p99"],
  ["sent", "Size"],
  ["attacks", "Attacks"],
] as const;
type Column = (typeof COLUMNS)[number][0];
const MOST = 500;

export default function Services() {
  const { service } = useSearch({ from: "/shell/services" });
  const navigate = useNavigate();
  const range = useRange();
  const [order, setOrder] = useState<Column>("n");
  const services = useQuery(
    rowsQuery("events | summarize n = count() by service.name | sort by n", range, 100),
  );
  const where = service === undefined ? "" : `| where service.name == ${formatString(service)} `;
  const asked = `events ${where}| ${SIGNALS} by service.name, http.request.method, http.route | sort by n | take ${MOST}`;
  const { data, error } = useQuery(rowsQuery(asked, range));
  const { data: earlier } = useQuery(rowsQuery(asked, rangeBefore(range)));
  const before = new Map((earlier ?? []).map((row) => [nameOf(row), row]));
  const rows = (data ?? []).toSorted((a, b) => sortValue(b, order) - sortValue(a, order));
  return (
    <Page title="Services" aside={<RangePicker />}>
      <fieldset className="mb-4 flex flex-wrap gap-1" aria-label="Service">
        <button
          type="button"
          className="button"
          aria-pressed={service === undefined}
          onClick={() =>
            void navigate({
              to: "/services",
              search: (before) => ({ ...before, service: undefined }) as never,
            })
          }
        >
          All
        </button>
        {services.data?.map((row) => {
          const name = String(row["service.name"]);
          return (
            <button
              key={name}
              type="button"
              className="button"
              aria-pressed={service === name}
              onClick={() =>
                void navigate({ to: "/services", search: (before) => ({ ...before, service: name }) })
              }
            >
              <Logged text={name === "" ? "(not named)" : name} className="max-w-64 truncate" />
            </button>
          );
        })}
      </fieldset>
      <Traffic
        service={service}
        services={(services.data ?? []).map((row) => String(row["service.name"]))}
        className="mb-4"
      />
      <Trouble error={error} className="mb-4" />
      <Card
        title="Endpoints"
        aside={data !== undefined && `${count(rows.length)}${rows.length === MOST ? " busiest" : ""}`}
        wide
      >
        {data === undefined ? (
          error === null && <Skeleton lines={12} />
        ) : rows.length === 0 ? (
          <Empty title="No traffic in this span" />
        ) : (
          <table className="rows w-full">
            <thead>
              <tr>
                <th>Endpoint</th>
                {COLUMNS.map(([name, label]) => (
                  <th key={name} className="figure" aria-sort={order === name ? "descending" : "none"}>
                    <button
                      type="button"
                      className={order === name ? "font-semibold text-text" : "hover:text-text"}
                      onClick={() => setOrder(name)}
                    >
                      {label}
                      {order === name ? " ↓" : ""}
                    </button>
                  </th>
                ))}
                <th className="figure">Last seen</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Endpoint
                  key={nameOf(row)}
                  row={row}
                  change={changeOf(row, before.get(nameOf(row)), before.size > 0 && before.size < MOST)}
                />
              ))}
            </tbody>
          </table>
        )}
      </Card>
    </Page>
  );
}

function nameOf(row: Row): string {
  return `${row["service.name"]} ${row["http.request.method"]} ${row["http.route"]}`;
}

/** What it was in the same hours before, where it is much worse now. */
function Was({ children }: { readonly children: string | undefined }) {
  if (children === undefined) return null;
  return (
    <span className="block text-small font-semibold text-medium" title="In the same hours before">
      ↑ was {children}
    </span>
  );
}

function Endpoint({ row, change }: { readonly row: Row; readonly change: Change }) {
  const requests = Number(row.n);
  const failed = Number(row.errors) / requests;
  const [service, method, route] = [
    String(row["service.name"]),
    String(row["http.request.method"]),
    String(row["http.route"]),
  ];
  const q = `events | where service.name == ${formatString(service)} and http.request.method == ${formatString(method)} and http.route == ${formatString(route)}`;
  return (
    <tr>
      <td className="min-w-60">
        <Link to="/explore" search={(before) => ({ ...before, q })} className="hover:underline">
          <Logged text={`${method} ${route}`} />
        </Link>
        <span className="block text-small text-muted">
          <Logged text={service} />
          {change.isNew && <b className="text-medium"> · new</b>}
        </span>
      </td>
      <td className="figure">{short(requests)}</td>
      <td className={`figure ${failed > 0.02 ? "font-semibold text-failed" : ""}`}>
        {percent(failed)}
        <Was>{change.failed === undefined ? undefined : percent(change.failed)}</Was>
      </td>
      <td className="figure">{percent(Number(row.refused) / requests)}</td>
      <td className="figure">{milliseconds(row.p50)}</td>
      <td className="figure">
        {milliseconds(row.p95)}
        <Was>{change.p95 === undefined ? undefined : milliseconds(change.p95)}</Was>
      </td>
      <td className="figure">{milliseconds(row.p99)}</td>
      <td className="figure">{bytes(row.sent)}</td>
      <td className={`figure ${Number(row.attacks) > 0 ? "font-semibold text-attacks" : ""}`}>
        {short(Number(row.attacks))}
      </td>
      <td className="figure text-muted">
        <When at={row.last} style="ago" />
      </td>
    </tr>
  );
}

/** Failures and refusals order by their share. */
function sortValue(row: Row, column: Column): number {
  const value = Number(row[column] ?? 0);
  return column === "errors" || column === "refused" ? value / Number(row.n) : value;
}
