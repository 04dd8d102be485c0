/** Other incidents with the same entity or sources, of the latest that are kept. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { inert } from "../../../src/report/inert.ts";
import type { Incident } from "../api/answers.ts";
import { latestQuery } from "../api/queries.ts";
import { Card } from "../parts/basics.tsx";
import { SeverityMark } from "../parts/verdict-marks.tsx";
import { When } from "../parts/when.tsx";
import { relatedTo } from "./related.ts";

const SHOWN = 6;

export function Related({ incident }: { readonly incident: Incident }) {
  const { data } = useQuery(latestQuery);
  const related = relatedTo(incident, data?.incidents ?? []).slice(0, SHOWN);
  if (related.length === 0) return null;
  return (
    <Card title="Related incidents">
      <ul className="pb-2">
        {related.map(({ other, shared }) => (
          <li key={other.id}>
            <Link
              to="/incidents/$id"
              params={{ id: other.id }}
              className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5 px-4 py-1.5 text-small hover:bg-sunken/60"
            >
              <SeverityMark severity={other.severity} bare />
              <span className="min-w-0">
                {inert(other.title)}
                <span className="block text-muted">
                  {shared}, <When at={other.last_seen} style="ago" />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
