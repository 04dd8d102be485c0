/** Where alerts go, how that went, and those that were given up. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { count } from "../../../src/report/format-values.ts";
import { inert } from "../../../src/report/inert.ts";
import { api } from "../api/client.ts";
import { healthQuery } from "../api/queries.ts";
import { useRights } from "../api/session.ts";
import { Card, Empty, Skeleton, Snippet, Trouble } from "../parts/basics.tsx";
import { When } from "../parts/when.tsx";

const EXAMPLE = `alerts:
  routes:
    - name: on-call
      sink: { kind: slack, url: { env: SLACK_URL } }
      least_severity: high`;

export function AlertsTab() {
  const { data, error } = useQuery(healthQuery);
  return (
    <div className="grid gap-4">
      <Trouble error={error} />
      <Card title="Routes" wide>
        {data === undefined ? (
          error === null && <Skeleton />
        ) : data.alerts.length === 0 ? (
          <div className="px-4 pb-4">
            <Empty title="Nobody is told">
              Routes stand in the settings file, so that their secrets stay there.
            </Empty>
            <Snippet label="For example" text={EXAMPLE} />
          </div>
        ) : (
          <table className="rows w-full">
            <thead>
              <tr>
                <th>Route</th>
                <th>To</th>
                <th className="figure">Sent</th>
                <th className="figure">Failed attempts</th>
                <th className="figure">Waiting</th>
                <th className="figure">Given up</th>
                <th>
                  <span className="sr-only">Test</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.alerts.map(({ route, sink, sent, failed, waiting, dead }) => (
                <tr key={route}>
                  <td className="font-medium">{inert(route)}</td>
                  <td>{inert(sink)}</td>
                  <td className="figure">{count(sent)}</td>
                  <td className={`figure ${failed > 0 ? "text-medium" : ""}`}>{count(failed)}</td>
                  <td className="figure">{count(waiting)}</td>
                  <td className={`figure ${dead > 0 ? "font-semibold text-high" : ""}`}>{count(dead)}</td>
                  <td className="text-right">
                    <RouteTest route={route} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Card>
      <GivenUp />
    </div>
  );
}

/** Whether alerts of a route arrive, without an attack. */
function RouteTest({ route }: { readonly route: string }) {
  const { may } = useRights();
  const test = useMutation({
    mutationFn: () => api("POST /alerts/routes/{route}/test", { params: { route } }),
  });
  if (!may("incidents:write")) return null;
  const failure = test.error?.message ?? test.data?.error;
  return (
    <>
      <span role="status" className={`mr-3 text-small ${failure ? "text-high" : "text-good"}`}>
        {failure ? inert(failure) : test.data?.delivered && "It was taken."}
      </span>
      <button
        type="button"
        className="button"
        disabled={test.isPending}
        aria-label={`Send a test to ${inert(route)}`}
        onClick={() => test.mutate()}
      >
        {test.isPending ? "Sending" : "Send a test"}
      </button>
    </>
  );
}

function GivenUp() {
  const { may } = useRights();
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["dead alerts"],
    queryFn: ({ signal }) => api("GET /alerts/dead", { signal }),
  });
  const retry = useMutation({
    mutationFn: (id: string) => api("POST /alerts/dead/{id}/retry", { params: { id } }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["dead alerts"] }),
        client.invalidateQueries({ queryKey: healthQuery.queryKey }),
      ]),
  });
  return (
    <Card title="Alerts that were given up">
      <Trouble error={error ?? retry.error} className="m-4" />
      {data?.alerts.length === 0 && <Empty title="None" />}
      <ul className="pb-1 text-small">
        {data?.alerts.map(({ id, incident, route, reason, created, attempts, error: why }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 border-t border-line px-4 py-2">
            <span className="min-w-0 flex-1">
              <Link to="/incidents/$id" params={{ id: incident }} className="link">
                Incident {inert(incident)}
              </Link>{" "}
              to <b>{inert(route)}</b>, {reason.replaceAll("_", " ")}, <When at={created} />
              <span className="block text-muted">
                {count(attempts)} attempts{why === null ? "" : `: ${inert(why)}`}
              </span>
            </span>
            {may("incidents:write") && (
              <button type="button" className="button" onClick={() => retry.mutate(id)}>
                Try again
              </button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
