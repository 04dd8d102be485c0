/** Attacks as they come in. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { rowsQuery } from "../api/queries.ts";
import { Card, Empty, Logged, Skeleton } from "../parts/basics.tsx";
import { useTail } from "../parts/live.ts";
import { When } from "../parts/when.tsx";
import { useRange } from "../shell/range.ts";
import { foldClients } from "./alike.ts";

const ATTACKS = "events | where finding.score >= 0.5";
const SHOWN = 9;
/** Looked at, for as many clients to be among them. */
const LATEST_EVENTS = 100;
const LATEST = `${ATTACKS} | project event.id, timestamp, client.address, http.request.method, url.path | take ${LATEST_EVENTS}`;

export function Ticker() {
  const { data } = useQuery(rowsQuery(LATEST, useRange()));
  const { state, events } = useTail(ATTACKS, LATEST_EVENTS);
  const shown = foldClients([...events, ...(data ?? [])]);
  return (
    <Card
      title="Attacks as they come in"
      className="xl:col-span-3"
      aside={
        <span className="flex items-center gap-1.5">
          <i className={`size-2 rounded-full ${state === "live" ? "bg-good" : "bg-strong"}`} />
          {state === "live" ? "live" : "connecting"}
        </span>
      }
    >
      {data === undefined ? (
        <Skeleton lines={5} />
      ) : shown.length === 0 ? (
        <Empty title="None in this span" />
      ) : (
        <ul className="pb-2 text-small">
          {shown.slice(0, SHOWN).map(({ row, times }) => (
            <li key={String(row["client.address"])}>
              <Link
                to="/explore"
                search={{ q: ATTACKS, event: String(row["event.id"]) }}
                className="flex items-baseline gap-2.5 px-4 py-1 hover:bg-sunken/60"
              >
                <span className="w-24 shrink-0 text-muted">
                  <When at={row.timestamp} style="ago" />
                </span>
                <span className="min-w-0 flex-1 truncate">
                  <Logged text={`${row["http.request.method"]} ${row["url.path"]}`} />
                </span>
                {times > 1 && (
                  <span className="shrink-0 font-semibold tabular-nums text-attacks">
                    ×{times < LATEST_EVENTS ? times : `${LATEST_EVENTS}+`}
                  </span>
                )}
                <Logged text={String(row["client.address"])} className="max-w-[40%] truncate text-muted" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
