/** The commonest values of fields; a click keeps them, another leaves them out. */

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { count } from "../../../src/report/format-values.ts";
import { inert } from "../../../src/report/inert.ts";
import { api } from "../api/client.ts";
import { Card, Skeleton } from "../parts/basics.tsx";
import { short } from "../parts/figures.ts";
import { useRange } from "../shell/range.ts";
import { textOf } from "./result-table.tsx";

const FIELDS = [
  "http.response.status_code",
  "service.name",
  "http.request.method",
  "http.route",
  "client.address",
  "user.id",
  "user_agent.name",
  "client.geo.country_iso_code",
];
const SHOWN = 5;

export function Facets({
  query,
  onNarrow,
}: {
  readonly query: string;
  readonly onNarrow: (field: string, value: unknown, not: boolean) => void;
}) {
  const range = useRange();
  const { data, error } = useQuery({
    queryKey: ["facets", query, range.key],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api("GET /facets", { query: { query, field: FIELDS, limit: SHOWN, ...range.bounds() }, signal }),
  });
  if (error !== null) return null;
  return (
    <Card title="Commonest values" className="order-last xl:order-none">
      {data === undefined ? (
        <Skeleton lines={12} />
      ) : (
        <div className="grid gap-4 px-4 pb-4 sm:grid-cols-2 xl:grid-cols-1">
          {data.facets.map(({ field, values }) => (
            <section key={field} aria-label={field} className="min-w-0">
              <h3 className="mb-1 truncate font-mono text-small text-muted">{field}</h3>
              <ul>
                {values.map(({ value, events }) => {
                  const words = textOf(value);
                  const shown = words === "" ? "(none)" : inert(words);
                  return (
                    <li key={words} className="group relative flex items-center gap-1 text-small">
                      <button
                        type="button"
                        className="flex min-w-0 flex-1 items-baseline gap-2 rounded px-1 py-0.5 text-left hover:bg-sunken"
                        title={`Only ${shown}`}
                        disabled={value === null}
                        onClick={() => onNarrow(field, value, false)}
                      >
                        <bdi className="min-w-0 flex-1 truncate">{shown}</bdi>
                        <span className="text-muted tabular-nums" title={count(events)}>
                          {short(events)}
                        </span>
                      </button>
                      <button
                        type="button"
                        className="rounded px-1 text-muted opacity-0 group-hover:opacity-100 hover:bg-sunken focus-visible:opacity-100"
                        aria-label={`All but ${shown}`}
                        disabled={value === null}
                        onClick={() => onNarrow(field, value, true)}
                      >
                        ≠
                      </button>
                    </li>
                  );
                })}
              </ul>
            </section>
          ))}
        </div>
      )}
    </Card>
  );
}
