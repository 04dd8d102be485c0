/** How the server does: its disk, its journal, its metrics. */
import { useQuery } from "@tanstack/react-query";
import { count } from "../../../src/report/format-values.ts";
import { healthQuery } from "../api/queries.ts";
import { Card, Skeleton, Trouble } from "../parts/basics.tsx";
import { bytes, short } from "../parts/figures.ts";
import { Icon } from "../parts/icons.tsx";

function each({ events, bytes: held }: { readonly events: number; readonly bytes: number }): string {
  return events > 0 ? `, ${bytes(held / events)} each` : "";
}

export function HealthTab() {
  const { data, error } = useQuery(healthQuery);
  if (data === undefined) return error === null ? <Skeleton lines={10} /> : <Trouble error={error} />;
  const { status, store, metrics } = data;
  const most = Math.max(1, ...store.days.map((day) => day.events));
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title="State">
        <div className="px-4 pb-4">
          <p
            className={`flex items-center gap-2 text-lead font-semibold ${status === "ok" ? "text-good" : "text-high"}`}
          >
            <Icon name={status === "ok" ? "check" : "incidents"} />
            {status === "ok" ? "Events are taken and kept" : "The disk takes nothing: events are turned away"}
          </p>
          <p className="mt-1 text-muted">
            {store.away === null
              ? `${count(store.events)} events on ${bytes(store.bytes)}${each(store)}.`
              : `The store is away, and events wait in the journal: ${store.away}`}
          </p>
        </div>
      </Card>
      <Card title="Stored by day">
        <ul className="max-h-80 overflow-y-auto px-4 pb-4 text-small">
          {store.days.map((day) => (
            <li
              key={day.day}
              className="grid grid-cols-[6rem_minmax(0,1fr)_4rem_5rem] items-center gap-3 py-0.5 tabular-nums"
            >
              <span>{day.day}</span>
              <span className="h-2 rounded-full bg-sunken">
                <span
                  className="block h-full rounded-full bg-requests"
                  style={{ width: `${(day.events / most) * 100}%` }}
                />
              </span>
              <span className="text-right">{short(day.events)}</span>
              <span className="text-right text-muted">{bytes(day.bytes)}</span>
            </li>
          ))}
        </ul>
      </Card>
      <Card
        title="Metrics"
        aside={
          <a href="/metrics" className="link">
            For Prometheus
          </a>
        }
        className="lg:col-span-2"
      >
        <dl className="grid gap-x-8 px-4 pb-4 text-small sm:grid-cols-2">
          {Object.entries(metrics).map(([name, value]) => (
            <div key={name} className="flex justify-between gap-4 border-b border-line py-1">
              <dt className="min-w-0 font-mono break-all text-muted">{name}</dt>
              <dd className="tabular-nums">
                {value === null ? "–" : name.endsWith("_bytes") ? bytes(value) : count(value)}
              </dd>
            </div>
          ))}
        </dl>
      </Card>
    </div>
  );
}
