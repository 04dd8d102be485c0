/** How much came, of all services or of one, with what was out of the ordinary. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { inert } from "../../../src/report/inert.ts";
import type { Incident } from "../api/answers.ts";
import { latestQuery, rowsQuery } from "../api/queries.ts";
import type { Flag } from "../parts/chart-flags.tsx";
import { Menu } from "../parts/menu.tsx";
import { Traffic } from "../parts/traffic.tsx";
import { useRange } from "../shell/range.ts";

/** Of services, not of who calls them. */
const ANOMALIES: ReadonlySet<string> = new Set([
  "traffic_anomaly",
  "error_spike",
  "latency_degradation",
  "log_silence",
]);

export function OverviewTraffic() {
  const { service } = useSearch({ from: "/shell/" });
  const navigate = useNavigate();
  const range = useRange();
  const named = useQuery(rowsQuery("events | summarize n = count() by service.name | sort by n", range, 200));
  const { data: latest } = useQuery(latestQuery);
  const services = (named.data ?? []).map((row) => String(row["service.name"]));
  const show = (name: string | undefined) =>
    void navigate({ to: "/", search: (before) => ({ ...before, service: name }) as never });
  return (
    <Traffic
      service={service}
      services={services}
      flags={(latest?.incidents ?? []).flatMap(flagOf)}
      aside={
        services.length + (service === undefined ? 0 : 1) > 1 && (
          <Menu
            choices={[
              { label: "All services", chosen: service === undefined, choose: () => show(undefined) },
              ...services.slice(0, MOST_OFFERED).map((name) => ({
                label: inert(name) || "(not named)",
                chosen: name === service,
                choose: () => show(name),
              })),
            ]}
          >
            <span className="max-w-40 truncate">
              {service === undefined ? "All services" : inert(service) || "(not named)"}
            </span>
          </Menu>
        )
      }
      className="xl:col-span-3"
    />
  );
}

const MOST_OFFERED = 30;

function flagOf({ id, title, detected_at, severity, state, categories }: Incident): readonly Flag[] {
  const anomaly = categories.some((each) => ANOMALIES.has(each));
  const grave = severity === "high" || severity === "critical";
  if (state === "false_positive" || !(anomaly || grave)) return [];
  return [{ at: Date.parse(detected_at), id, title, anomaly }];
}
