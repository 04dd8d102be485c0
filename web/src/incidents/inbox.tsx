/** Incidents to work through, by mouse or by keyboard: j and k move, e resolves, a takes it on, c comments, / searches. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { Incident } from "../api/answers.ts";
import { api } from "../api/client.ts";
import { LIVE_MS } from "../api/queries.ts";
import { useRights } from "../api/session.ts";
import { Empty, Key, Skeleton, Trouble } from "../parts/basics.tsx";
import { Menu } from "../parts/menu.tsx";
import { STATE_WORDS } from "../parts/verdict-marks.tsx";
import { Page } from "../shell/page.tsx";
import { useAct } from "./act.ts";
import { Filters } from "./filters.tsx";
import { InboxRow } from "./inbox-row.tsx";
import { useKeys } from "./keys.ts";
import { type InboxSearch, matches, STATES, severityOf, statesOf } from "./words.ts";

const PAGE_OF = 100;

export default function Inbox() {
  const search: InboxSearch = useSearch({ from: "/shell/incidents" });
  const navigate = useNavigate();
  const { name, may } = useRights();
  const mayAct = may("incidents:write");
  const act = useAct();
  const [at, setAt] = useState(0);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const find = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);

  const states = statesOf(search);
  const severity = severityOf(search.severity);
  const query = useInfiniteQuery({
    queryKey: ["incidents", "list", states.join(), severity ?? "", search.assignee ?? ""],
    refetchInterval: LIVE_MS,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api("GET /incidents", {
        query: { state: states, severity, assignee: search.assignee, limit: PAGE_OF, cursor: pageParam },
        signal,
      }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const shown = (query.data?.pages ?? [])
    .flatMap(({ incidents }) => incidents)
    .filter((incident) => states.includes(incident.state) && matches(incident, search.find ?? ""));
  const here = Math.min(at, shown.length - 1);
  const current = shown[here];
  const chosen = shown.filter(({ id }) => picked.has(id));
  const targets = chosen.length > 0 ? chosen : current === undefined ? [] : [current];

  function move(step: number) {
    const next = Math.max(0, Math.min(shown.length - 1, here + step));
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  }
  function pick(incident: Incident) {
    const next = new Set(picked);
    if (!next.delete(incident.id)) next.add(incident.id);
    setPicked(next);
  }
  function apply(change: Parameters<typeof act.change>[1]) {
    if (!mayAct) return;
    act.change(targets, change);
    setPicked(new Set());
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    x: () => current !== undefined && mayAct && pick(current),
    e: () => apply({ state: "resolved" }),
    a: () => apply({ state: "acknowledged" }),
    f: () => apply({ state: "false_positive" }),
    o: () => apply({ state: "open" }),
    m: () => apply({ assignee: name }),
    u: () => act.done?.undo(),
    "/": () => find.current?.focus(),
    c: () =>
      current !== undefined &&
      void navigate({ to: "/incidents/$id", params: { id: current.id }, hash: "comment" }),
    Enter: () => current !== undefined && void navigate({ to: "/incidents/$id", params: { id: current.id } }),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => setAt(0), [search.state, search.severity, search.assignee, search.find]);

  return (
    <Page title="Incidents">
      <Filters search={search} find={find} />
      <Trouble error={query.error ?? act.error} className="mb-3" />
      <div className="mb-2 flex min-h-9 flex-wrap items-center gap-2 text-small text-muted" role="status">
        {chosen.length > 0 ? (
          <>
            <b className="text-text">{chosen.length} chosen</b>
            <Menu
              choices={STATES.map((state) => ({ label: STATE_WORDS[state], choose: () => apply({ state }) }))}
            >
              Set state
            </Menu>
            <button type="button" className="button" onClick={() => apply({ assignee: name })}>
              Assign to me
            </button>
            <button type="button" className="button button-plain" onClick={() => setPicked(new Set())}>
              Clear
            </button>
          </>
        ) : act.done !== undefined ? (
          <>
            {act.done.words}
            <button type="button" className="button" onClick={act.done.undo}>
              Undo
            </button>
          </>
        ) : (
          query.data !== undefined && `${shown.length}${query.hasNextPage ? "+" : ""} shown`
        )}
        <span className="ml-auto hidden flex-wrap gap-x-3 lg:flex">
          <span>
            <Key>j</Key> <Key>k</Key> move
          </span>
          <span>
            <Key>Enter</Key> open
          </span>
          {mayAct && (
            <>
              <span>
                <Key>a</Key> acknowledge
              </span>
              <span>
                <Key>e</Key> resolve
              </span>
              <span>
                <Key>f</Key> false alarm
              </span>
              <span>
                <Key>c</Key> comment
              </span>
              <span>
                <Key>x</Key> choose
              </span>
              <span>
                <Key>u</Key> undo
              </span>
            </>
          )}
          <span>
            <Key>/</Key> find
          </span>
        </span>
      </div>
      {query.data === undefined ? (
        <div className="card">{query.error === null && <Skeleton lines={10} />}</div>
      ) : shown.length === 0 ? (
        <div className="card">
          <Empty title="No incident here">
            {search.find === undefined && search.severity === undefined
              ? "Detectors speak up when they are sure enough; what they watch for stands under Detections."
              : "No incident fits these filters."}
          </Empty>
        </div>
      ) : (
        <ul ref={list} className="card overflow-hidden" aria-label="Incidents">
          {shown.map((incident, index) => (
            <InboxRow
              key={incident.id}
              incident={incident}
              current={index === here}
              picked={mayAct ? picked.has(incident.id) : undefined}
              onPick={() => pick(incident)}
              onPoint={() => setAt(index)}
            />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <button
          type="button"
          className="button mt-3"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </button>
      )}
    </Page>
  );
}
