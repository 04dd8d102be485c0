/** Endpoints by their golden signals: how much, how many failed, how long, how large. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { formatString } from "../../../src/explore/query/format.ts";
import { rowsQuery } from "../api/queries.ts";
import { Logged, Trouble } from "../parts/basics.tsx";
import { Traffic } from "../parts/traffic.tsx";
import { Page } from "../shell/page.tsx";
import { useRange } from "../shell/range.ts";
import { RangePicker } from "../shell/range-picker.tsx";
import { rangeBefore } from "./change.ts";
import { Endpoints, MOST, nameOf } from "./endpoints.tsx";

const SIGNALS =
  "summarize n = count(), errors = countif(status >= 500), refused = countif(status >= 400 and status < 500), " +
  "p50 = percentile(duration_ms, 50), p95 = percentile(duration_ms, 95), p99 = percentile(duration_ms, 99), " +
  "sent = avg(http.response.body.size), attacks = countif(finding.score >= 0.5), first = min(timestamp), last = max(timestamp)";
/** What was before changes by what leaves the span, and slowly. */
const EARLIER_MS = 300_000;

export default function Services() {
  const { service } = useSearch({ from: "/shell/services" });
  const navigate = useNavigate();
  const range = useRange();
  const services = useQuery(
    rowsQuery("events | summarize n = count() by service.name | sort by n", range, 100),
  );
  const where = service === undefined ? "" : `| where service.name == ${formatString(service)} `;
  const asked = `events ${where}| ${SIGNALS} by service.name, http.request.method, http.route | sort by n | take ${MOST}`;
  const { data, error } = useQuery(rowsQuery(asked, range));
  const { data: earlier } = useQuery({
    ...rowsQuery(asked, rangeBefore(range)),
    refetchInterval: EARLIER_MS,
  });
  const before = new Map((earlier ?? []).map((row) => [nameOf(row), row]));
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
      <Endpoints key={service ?? ""} rows={data} before={before} failed={error !== null} />
    </Page>
  );
}
