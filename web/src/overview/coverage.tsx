/** What Vedette can and cannot see: the sources, and which fields the events lack. */
import { useQuery } from "@tanstack/react-query";
import { count } from "../../../src/report/format-values.ts";
import { rowsQuery, sourcesQuery } from "../api/queries.ts";
import { useRights } from "../api/session.ts";
import { Card, Logged, Skeleton } from "../parts/basics.tsx";
import { percent } from "../parts/figures.ts";
import { When } from "../parts/when.tsx";
import { useRange } from "../shell/range.ts";

/** Each field, and what stays unseen without it. */
const WANTED = [
  ["user", 'user.id != ""', "Who was signed in", "Account takeover and access to others' objects"],
  ["body", 'http.request.body != ""', "Request bodies", "Attacks inside of posted data"],
  ["duration", "isnotnull(duration_ms)", "Durations", "Services that become slow"],
  ["size", "isnotnull(http.response.body.size)", "Response sizes", "Data carried off"],
  ["agent", 'user_agent.original != ""', "User agents", "Scanners by their name"],
] as const;
const ASKED = `events | summarize n = count(), ${WANTED.map(([name, test]) => `${name} = countif(${test})`).join(", ")}`;
/** Below this share of events a field counts as missing. */
const ENOUGH = 0.02;

export function Coverage() {
  const { seesAll } = useRights();
  const { data } = useQuery(rowsQuery(ASKED, useRange()));
  const { data: sources } = useQuery({ ...sourcesQuery, enabled: seesAll });
  const [row] = data ?? [];
  const total = Number(row?.n ?? 0);
  return (
    <Card title="What can be seen">
      {row === undefined ? (
        <Skeleton lines={5} />
      ) : (
        <ul className="px-4 pb-3 text-small">
          {sources?.live.map(({ source, state, last_event, rejected }) => (
            <li key={source} className="flex flex-wrap justify-between gap-x-3 border-b border-line py-1.5">
              <Logged text={source} />
              <span className="text-muted">
                {state}, <When at={last_event} style="ago" />
                {rejected > 0 && (
                  <span className="font-semibold text-medium"> · {count(rejected)} not read</span>
                )}
              </span>
            </li>
          ))}
          {WANTED.map(([name, , label, unseen]) => {
            const share = total === 0 ? 0 : Number(row[name]) / total;
            const blind = total > 0 && share < ENOUGH;
            return (
              <li key={name} className="py-1.5">
                <span className="flex justify-between gap-3">
                  <span className={blind ? "font-semibold" : ""}>{label}</span>
                  <span className={`tabular-nums ${blind ? "font-semibold text-medium" : "text-muted"}`}>
                    {total === 0 ? "–" : blind ? "not logged" : percent(share)}
                  </span>
                </span>
                {blind && (
                  <span className="block text-muted">Unseen without it: {unseen.toLowerCase()}.</span>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
