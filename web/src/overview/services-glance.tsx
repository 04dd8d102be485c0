/** The busiest services and how they do. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { rowsQuery } from "../api/queries.ts";
import { Card, Empty, Logged, Skeleton } from "../parts/basics.tsx";
import { milliseconds, percent, short } from "../parts/figures.ts";
import { useRange } from "../shell/range.ts";

const ASKED =
  "events | summarize n = count(), errors = countif(status >= 500), p95 = percentile(duration_ms, 95), " +
  "attacks = countif(finding.score >= 0.5) by service.name | top 6 by n";

export function ServicesGlance() {
  const { data } = useQuery(rowsQuery(ASKED, useRange()));
  return (
    <Card
      title="Services"
      aside={
        <Link to="/services" className="link">
          All endpoints
        </Link>
      }
      wide
      className="xl:col-span-2"
    >
      {data === undefined ? (
        <Skeleton lines={5} />
      ) : data.length === 0 ? (
        <Empty title="No traffic in this span" />
      ) : (
        <table className="rows w-full">
          <thead>
            <tr>
              <th>Service</th>
              <th className="figure">Requests</th>
              <th className="figure">Failed</th>
              <th className="figure">p95</th>
              <th className="figure">Attacks</th>
            </tr>
          </thead>
          <tbody>
            {data.map((row) => (
              <tr key={String(row["service.name"])}>
                <td className="max-w-56 truncate">
                  <Link
                    to="/services"
                    search={(before) => ({ ...before, service: String(row["service.name"]) })}
                    className="hover:underline"
                  >
                    <Logged text={String(row["service.name"]) || "(not named)"} />
                  </Link>
                </td>
                <td className="figure">{short(Number(row.n))}</td>
                <td
                  className={`figure ${Number(row.errors) / Number(row.n) > 0.02 ? "font-semibold text-failed" : ""}`}
                >
                  {percent(Number(row.errors) / Number(row.n))}
                </td>
                <td className="figure">{milliseconds(row.p95)}</td>
                <td className={`figure ${Number(row.attacks) > 0 ? "font-semibold text-attacks" : ""}`}>
                  {short(Number(row.attacks))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
