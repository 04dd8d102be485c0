/** Who asks: clients, users and keys, those with attacks first. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { rowsQuery } from "../api/queries.ts";
import { Card, Empty, Skeleton, Trouble } from "../parts/basics.tsx";
import { EntityLink } from "../parts/entity-link.tsx";
import { bytes, percent, short } from "../parts/figures.ts";
import { When } from "../parts/when.tsx";
import { Page } from "../shell/page.tsx";
import { useRange } from "../shell/range.ts";
import { RangePicker } from "../shell/range-picker.tsx";
import { ROLLED_UP } from "./kinds.ts";

const TITLES = {
  "client.address": "Clients",
  "user.id": "Users",
  "api_key.fingerprint": "API keys",
} as const;

export default function Entities() {
  const navigate = useNavigate();
  return (
    <Page title="Entities" aside={<RangePicker />}>
      <form
        className="mb-4 flex max-w-xl gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          const fields = new FormData(event.currentTarget);
          const value = String(fields.get("value")).trim();
          if (value !== "")
            void navigate({
              to: "/entities/$type/$value",
              params: { type: String(fields.get("type")), value },
            });
        }}
      >
        <select name="type" className="field !w-auto" aria-label="Kind">
          <option value="client.address">Client</option>
          <option value="user.id">User</option>
          <option value="api_key.fingerprint">API key</option>
        </select>
        <input
          name="value"
          className="field"
          aria-label="Which one"
          placeholder="203.0.113.7, a user, a fingerprint"
          maxLength={1000}
        />
        <button type="submit" className="button">
          Open
        </button>
      </form>
      <div className="grid gap-4 2xl:grid-cols-2">
        {ROLLED_UP.map((type) => (
          <Busiest key={type} type={type} />
        ))}
      </div>
    </Page>
  );
}

function Busiest({ type }: { readonly type: keyof typeof TITLES }) {
  const asked =
    `events | where ${type} != "" | summarize n = count(), attacks = countif(finding.score >= 0.5), ` +
    `refused = countif(status >= 400 and status < 500), sent = sum(http.response.body.size), last = max(timestamp) ` +
    `by ${type} | sort by attacks, n | take 15`;
  const { data, error } = useQuery(rowsQuery(asked, useRange()));
  return (
    <Card title={TITLES[type]} wide>
      <Trouble error={error} className="m-4" />
      {data === undefined ? (
        <Skeleton lines={8} />
      ) : data.length === 0 ? (
        <Empty title="None in this span">Events carry no {type}: see What can be seen on the overview.</Empty>
      ) : (
        <table className="rows w-full">
          <thead>
            <tr>
              <th>Name</th>
              <th className="figure">Requests</th>
              <th className="figure">Attacks</th>
              <th className="figure">Refused</th>
              <th className="figure">Received</th>
              <th className="figure">Last</th>
            </tr>
          </thead>
          <tbody>
            {data.map((row) => {
              const value = String(row[type]);
              const requests = Number(row.n);
              return (
                <tr key={value}>
                  <td className="max-w-64 truncate">
                    <EntityLink entity={{ type, value }} />
                  </td>
                  <td className="figure">{short(requests)}</td>
                  <td className={`figure ${Number(row.attacks) > 0 ? "font-semibold text-attacks" : ""}`}>
                    {short(Number(row.attacks))}
                  </td>
                  <td className="figure">{percent(Number(row.refused) / requests)}</td>
                  <td className="figure">{bytes(row.sent)}</td>
                  <td className="figure text-muted">
                    <When at={row.last} style="ago" />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Card>
  );
}
