/** One endpoint, and what is much worse with it than it was. */
import { Link } from "@tanstack/react-router";
import { formatString } from "../../../src/explore/query/format.ts";
import type { Row } from "../api/answers.ts";
import { Logged } from "../parts/basics.tsx";
import { bytes, milliseconds, percent, short } from "../parts/figures.ts";
import { When } from "../parts/when.tsx";
import type { Change } from "./change.ts";

/** What it was in the same hours before, where it is much worse now. */
function Was({ children }: { readonly children: string | undefined }) {
  if (children === undefined) return null;
  return (
    <span className="block text-small font-semibold text-medium" title="In the same hours before">
      ↑ was {children}
    </span>
  );
}

export function EndpointRow({ row, change }: { readonly row: Row; readonly change: Change }) {
  const requests = Number(row.n);
  const failed = Number(row.errors) / requests;
  const [service, method, route] = [
    String(row["service.name"]),
    String(row["http.request.method"]),
    String(row["http.route"]),
  ];
  const q = `events | where service.name == ${formatString(service)} and http.request.method == ${formatString(method)} and http.route == ${formatString(route)}`;
  return (
    <tr>
      <td className="min-w-60">
        <Link to="/explore" search={(before) => ({ ...before, q })} className="hover:underline">
          <Logged text={`${method} ${route}`} />
        </Link>
        <span className="block text-small text-muted">
          <Logged text={service} />
          {change.isNew && <b className="text-medium"> · new</b>}
        </span>
      </td>
      <td className="figure">{short(requests)}</td>
      <td className={`figure ${failed > 0.02 ? "font-semibold text-failed" : ""}`}>
        {percent(failed)}
        <Was>{change.failed === undefined ? undefined : percent(change.failed)}</Was>
      </td>
      <td className="figure">{percent(Number(row.refused) / requests)}</td>
      <td className="figure">{milliseconds(row.p50)}</td>
      <td className="figure">
        {milliseconds(row.p95)}
        <Was>{change.p95 === undefined ? undefined : milliseconds(change.p95)}</Was>
      </td>
      <td className="figure">{milliseconds(row.p99)}</td>
      <td className="figure">{bytes(row.sent)}</td>
      <td className={`figure ${Number(row.attacks) > 0 ? "font-semibold text-attacks" : ""}`}>
        {short(Number(row.attacks))}
      </td>
      <td className="figure text-muted">
        <When at={row.last} style="ago" />
      </td>
    </tr>
  );
}
