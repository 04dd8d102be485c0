/** Where events come from, what could not be read, and how to send more. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { count } from "../../../src/report/format-values.ts";
import { inert } from "../../../src/report/inert.ts";
import { api } from "../api/client.ts";
import { sourcesQuery } from "../api/queries.ts";
import { useRights } from "../api/session.ts";
import { Card, Empty, Logged, Skeleton, Snippet, Trouble } from "../parts/basics.tsx";
import { bytes } from "../parts/figures.ts";
import { When } from "../parts/when.tsx";
import { snippetsFor } from "./snippets.ts";

export function SourcesTab() {
  const { data, error } = useQuery(sourcesQuery);
  return (
    <div className="grid gap-4">
      <Trouble error={error} />
      <Card title="Followed files and syslog" wide>
        {data === undefined ? (
          <Skeleton />
        ) : data.live.length === 0 ? (
          <Empty title="None are set up">
            Files and syslog stand in the settings file; what is sent over HTTP needs no setting.
          </Empty>
        ) : (
          <table className="rows w-full">
            <thead>
              <tr>
                <th>Source</th>
                <th>State</th>
                <th className="figure">Events</th>
                <th className="figure">Not read</th>
                <th className="figure">Behind</th>
                <th className="figure">Last event</th>
              </tr>
            </thead>
            <tbody>
              {data.live.map((each) => (
                <tr key={each.source}>
                  <td>
                    <Logged text={each.source} />
                    {each.last_error !== null && (
                      <span className="block text-small text-medium">{inert(each.last_error.message)}</span>
                    )}
                  </td>
                  <td>{each.state}</td>
                  <td className="figure">{count(each.events)}</td>
                  <td className={`figure ${each.rejected > 0 ? "font-semibold text-medium" : ""}`}>
                    {count(each.rejected)}
                  </td>
                  <td className="figure">{bytes(each.lag)}</td>
                  <td className="figure">
                    <When at={each.last_event} style="ago" />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Card>
      <Quarantine />
      <Card title="Send events">
        <div className="grid gap-5 px-4 pb-4">
          {snippetsFor(location.origin, "YOUR_INGEST_KEY").map(({ label, text }) => (
            <Snippet key={label} label={label} text={text} />
          ))}
        </div>
      </Card>
    </div>
  );
}

function Quarantine() {
  const { may } = useRights();
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["quarantine"],
    queryFn: ({ signal }) => api("GET /quarantine", { query: { limit: 50 }, signal }),
  });
  return (
    <Card
      title="Lines that could not be read"
      aside={
        may("sources:write") &&
        data !== undefined &&
        data.entries.length > 0 && (
          <button
            type="button"
            className="button"
            onClick={async () => {
              await api("DELETE /quarantine", {});
              await client.invalidateQueries({ queryKey: ["quarantine"] });
            }}
          >
            Empty
          </button>
        )
      }
    >
      <Trouble error={error} className="m-4" />
      {data?.entries.length === 0 && <Empty title="None">Every line was understood.</Empty>}
      <ul className="pb-2 text-small">
        {data?.entries.map(({ id, at, source, reason, text }) => (
          <li key={id} className="border-t border-line px-4 py-2">
            <p className="flex flex-wrap gap-x-4 text-muted">
              <When at={at} /> <Logged text={source} /> <span className="text-medium">{inert(reason)}</span>
            </p>
            <Logged text={text.slice(0, 500)} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
