/** What is wrong, in one look: the state in a line, then what it is made of. */
import { useQuery } from "@tanstack/react-query";
import { histogramQuery, unclosedQuery } from "../api/queries.ts";
import { Card, Skeleton, Trouble } from "../parts/basics.tsx";
import { TrafficChart, TrafficLegend } from "../parts/chart.tsx";
import { Page } from "../shell/page.tsx";
import { useRange, useSetRange } from "../shell/range.ts";
import { RangePicker } from "../shell/range-picker.tsx";
import { Coverage } from "./coverage.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { useHasEvents } from "./has-events.ts";
import { OpenIncidents } from "./open-incidents.tsx";
import { RiskyEntities } from "./risky-entities.tsx";
import { ServicesGlance } from "./services-glance.tsx";
import { StateLine } from "./state-line.tsx";
import { Ticker } from "./ticker.tsx";

export default function Overview() {
  const hasEvents = useHasEvents();
  const range = useRange();
  const setRange = useSetRange();
  const incidents = useQuery(unclosedQuery);
  const histogram = useQuery({ ...histogramQuery("events", range), enabled: hasEvents === true });
  if (hasEvents === false) return <FirstSteps />;
  const flags = (incidents.data?.incidents ?? [])
    .filter(({ severity }) => severity === "high" || severity === "critical")
    .map(({ detected_at, title }) => ({ at: Date.parse(detected_at), label: title }));
  return (
    <Page title="Overview" aside={<RangePicker />}>
      <StateLine incidents={incidents.data?.incidents} more={incidents.data?.next !== null} />
      <Trouble error={incidents.error ?? histogram.error} className="mb-4" />
      <div className="grid gap-4 xl:grid-cols-3">
        <Card title="Traffic" aside={<TrafficLegend />} className="xl:col-span-3">
          <div className="px-4 pb-3">
            {histogram.data === undefined ? (
              <div className="h-47" />
            ) : (
              <TrafficChart
                histogram={histogram.data}
                flags={flags}
                onZoom={(from, to) =>
                  setRange({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })
                }
              />
            )}
          </div>
        </Card>
        <Card title="Needs you" className="xl:col-span-2">
          {incidents.data === undefined ? (
            <Skeleton lines={6} />
          ) : (
            <OpenIncidents incidents={incidents.data.incidents} />
          )}
        </Card>
        <Card title="Riskiest">
          {incidents.data === undefined ? (
            <Skeleton lines={6} />
          ) : (
            <RiskyEntities incidents={incidents.data.incidents} />
          )}
        </Card>
        <ServicesGlance />
        <Coverage />
        <Ticker />
      </div>
    </Page>
  );
}
