/** What is wrong, in one look: the state in a line, then what it is made of. */
import { useQuery } from "@tanstack/react-query";
import { unclosedQuery } from "../api/queries.ts";
import { Card, Skeleton, Trouble } from "../parts/basics.tsx";
import { Page } from "../shell/page.tsx";
import { RangePicker } from "../shell/range-picker.tsx";
import { Coverage } from "./coverage.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { useHasEvents } from "./has-events.ts";
import { OpenIncidents } from "./open-incidents.tsx";
import { OverviewTraffic } from "./overview-traffic.tsx";
import { RiskyEntities } from "./risky-entities.tsx";
import { ServicesGlance } from "./services-glance.tsx";
import { StateLine } from "./state-line.tsx";
import { Ticker } from "./ticker.tsx";

export default function Overview() {
  const hasEvents = useHasEvents();
  const incidents = useQuery(unclosedQuery);
  if (hasEvents === false) return <FirstSteps />;
  return (
    <Page title="Overview" aside={<RangePicker />}>
      <StateLine incidents={incidents.data?.incidents} more={incidents.data?.next !== null} />
      <Trouble error={incidents.error} className="mb-4" />
      <div className="grid gap-4 xl:grid-cols-3">
        <OverviewTraffic />
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
