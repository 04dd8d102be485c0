/** The traffic of services together: what came, beside what was expected of it. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { formatString } from "../../../src/explore/query/format.ts";
import { plural } from "../../../src/report/format-values.ts";
import { api } from "../api/client.ts";
import { histogramQuery, LIVE_MS } from "../api/queries.ts";
import { useRange, useSetRange } from "../shell/range.ts";
import { Card, Trouble } from "./basics.tsx";
import { TrafficChart } from "./chart.tsx";
import { usualBySteps } from "./chart-band.tsx";
import type { Flag } from "./chart-flags.tsx";
import { TrafficLegend } from "./chart-legend.tsx";

export function Traffic({
  service,
  services,
  flags,
  aside,
  className = "",
}: {
  /** Shown alone. */
  readonly service: string | undefined;
  /** All that send anything; none while they are not known. */
  readonly services: readonly string[];
  readonly flags?: readonly Flag[];
  readonly aside?: React.ReactNode;
  readonly className?: string;
}) {
  const range = useRange();
  const setRange = useSetRange();
  const where = service === undefined ? "" : ` | where service.name == ${formatString(service)}`;
  const histogram = useQuery(histogramQuery(`events${where}`, range));
  const asked = (service === undefined ? services : [service]).filter(
    ({ length }) => length > 0 && length <= LONGEST_NAME,
  );
  const expected = useQuery({
    queryKey: ["expected", asked, range.key],
    enabled: asked.length > 0,
    refetchInterval: range.live ? LIVE_MS : false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api("GET /expected", {
        query: { service: asked.slice(0, MOST_SERVICES), buckets: 72, ...range.bounds() },
        signal,
      }),
  });
  const all = service === undefined ? services.length : 1;
  const known = Math.min(asked.length, MOST_SERVICES) - (expected.data?.unknown ?? 0);
  const band =
    histogram.data === undefined
      ? []
      : usualBySteps(expected.data?.points ?? [], histogram.data.step_seconds);
  return (
    <Card
      title="Traffic"
      aside={
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <TrafficLegend
            band={band.length > 0 ? bandWords(known, all) : undefined}
            flags={flags !== undefined}
          />
          {aside}
        </span>
      }
      className={className}
    >
      <div className="px-4 pb-3">
        <Trouble error={histogram.error} />
        {histogram.data === undefined ? (
          <div className="h-47" />
        ) : (
          <TrafficChart
            histogram={histogram.data}
            band={band}
            flags={flags ?? []}
            onZoom={(from, to) =>
              setRange({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })
            }
          />
        )}
      </div>
    </Card>
  );
}

/** As the server takes them. */
const LONGEST_NAME = 200;
const MOST_SERVICES = 40;

function bandWords(known: number, all: number): string {
  return known >= all ? "Usual, as learned" : `Usual, as learned of ${known} of ${plural(all, "service")}`;
}
