/** One incident: what happened in plain words, why the program says so, and what to do. */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { STAGES } from "../../../src/event.ts";
import { count } from "../../../src/report/format-values.ts";
import { entityWords, sentence } from "../../../src/report/html/view/words.ts";
import { inert } from "../../../src/report/inert.ts";
import type { IncidentDetail } from "../api/answers.ts";
import { api } from "../api/client.ts";
import { LIVE_MS } from "../api/queries.ts";
import { Card, Logged, Skeleton, Trouble } from "../parts/basics.tsx";
import { EntityLink } from "../parts/entity-link.tsx";
import { percent } from "../parts/figures.ts";
import { Icon } from "../parts/icons.tsx";
import { OutcomeMark, SeverityMark, StateMark } from "../parts/verdict-marks.tsx";
import { When } from "../parts/when.tsx";
import { Page } from "../shell/page.tsx";
import { Comments } from "./comments.tsx";
import { ConnectionsCard } from "./connections-card.tsx";
import { DetectionCard } from "./detection-card.tsx";
import { IncidentActions } from "./incident-actions.tsx";
import { Members } from "./members.tsx";
import { Related } from "./related.tsx";
import { Timeline } from "./timeline.tsx";

export default function IncidentPage() {
  const { id } = useParams({ from: "/shell/incidents/$id" });
  const { data, error } = useQuery({
    queryKey: ["incident", id],
    refetchInterval: LIVE_MS,
    queryFn: ({ signal }) => api("GET /incidents/{id}", { params: { id }, signal }),
  });
  if (data === undefined)
    return (
      <Page title="Incident">{error === null ? <Skeleton lines={12} /> : <Trouble error={error} />}</Page>
    );
  return <Loaded detail={data} />;
}

function Loaded({ detail }: { readonly detail: IncidentDetail }) {
  const { incident, detections, comments } = detail;
  return (
    <Page
      title={inert(incident.title)}
      above={
        <Link
          to="/incidents"
          className="inline-flex items-center gap-1 text-small text-muted hover:text-text"
        >
          <Icon name="right" className="rotate-180" /> Incidents
        </Link>
      }
    >
      <div className="mb-4 flex flex-wrap items-center gap-x-5 gap-y-2">
        <SeverityMark severity={incident.severity} />
        <OutcomeMark outcome={incident.outcome} />
        <span>
          Risk <b className="tabular-nums">{Math.round(incident.risk)}</b> of 100
        </span>
        <StateMark state={incident.state} />
        <IncidentActions detail={detail} />
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-4">
          <Card title="What happened">
            <div className="grid gap-3 px-4 pb-4">
              <Stages reached={incident.stages} next={incident.next} />
              <p className="max-w-prose text-lead">{inert(incident.summary)}</p>
            </div>
          </Card>
          <Card title="What to do" className="border-strong">
            <ul className="grid max-w-prose list-disc gap-1.5 pr-4 pb-4 pl-9">
              {incident.recommendation.split("\n").map((line) => (
                <li key={line}>{inert(line)}</li>
              ))}
            </ul>
          </Card>
          <ConnectionsCard detections={detections} />
          <Timeline detections={detections} />
          {detections.map((detection) => (
            <DetectionCard key={detection.id} detection={detection} />
          ))}
        </div>
        <div className="grid min-w-0 gap-4 xl:sticky xl:top-4">
          <Card title="Facts">
            <Facts incident={incident} />
          </Card>
          {incident.members !== undefined && (
            <Members members={incident.members} total={incident.member_count ?? incident.members.length} />
          )}
          <Related incident={incident} />
          <Comments id={incident.id} comments={comments} />
        </div>
      </div>
    </Page>
  );
}

/** The stages of an attack, those that were reached in bold, and the likeliest of those to come. */
function Stages({
  reached,
  next,
}: {
  readonly reached: readonly string[];
  readonly next: IncidentDetail["incident"]["next"];
}) {
  return (
    <>
      <StageLine reached={reached} next={next?.stage} />
      {next !== undefined && (
        <p className="max-w-prose text-small">
          Likeliest next: <b>{next.stage}</b>, {percent(next.probability)}.{" "}
          <span className="text-muted">{inert(next.basis)}</span>
        </p>
      )}
    </>
  );
}

function StageLine({
  reached,
  next,
}: {
  readonly reached: readonly string[];
  readonly next?: string | undefined;
}) {
  return (
    <ol className="flex flex-wrap items-center gap-y-1 text-small" aria-label="Stages">
      {STAGES.map((stage, index) => {
        const seen = reached.includes(stage);
        return (
          <li key={stage} className={`flex items-center gap-1.5 ${seen ? "font-semibold" : "text-muted"}`}>
            {index > 0 && <span className="mx-2 w-4 border-t border-strong" aria-hidden="true" />}
            <span
              className={`size-2 rounded-full ${seen ? "bg-high" : stage === next ? "border border-high" : "border border-strong"}`}
              aria-hidden="true"
            />
            {sentence(stage)}
            <span className="sr-only">
              {seen ? ", seen" : stage === next ? ", likeliest next" : ", not seen"}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Facts({ incident }: { readonly incident: IncidentDetail["incident"] }) {
  const { entity } = incident;
  const facts = [
    [sentence(entityWords(entity.type)), <EntityLink key="entity" entity={entity} />],
    ["First seen", <When key="first" at={incident.first_seen} style="full" />],
    ["Detected", <When key="detected" at={incident.detected_at} style="full" />],
    ["Last seen", <When key="last" at={incident.last_seen} style="full" />],
    ["Requests", count(incident.events)],
    ["Assigned to", incident.assignee ?? "nobody"],
    ["Id", <Logged key="id" text={incident.id} />],
  ] as const;
  return (
    <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-y-1.5 px-4 pb-4 text-small">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
