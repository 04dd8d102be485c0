/** Ask anything of the events: a query, how many there were when, their commonest values, and the events themselves. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { count } from "../../../src/report/format-values.ts";
import { ApiProblem } from "../api/client.ts";
import { histogramQuery } from "../api/queries.ts";
import { Card, Empty, Skeleton, Trouble } from "../parts/basics.tsx";
import { TrafficChart } from "../parts/chart.tsx";
import { TrafficLegend } from "../parts/chart-legend.tsx";
import { Icon } from "../parts/icons.tsx";
import { useTail } from "../parts/live.ts";
import { Page } from "../shell/page.tsx";
import { useRange, useSetRange } from "../shell/range.ts";
import { RangePicker } from "../shell/range-picker.tsx";
import { answerQuery, isEventList, MOST_ROWS, narrowed } from "./ask.ts";
import { ColumnsMenu, columnsOf } from "./columns.tsx";
import { DownloadMenu } from "./download.tsx";
import { EventDrawer } from "./event-drawer.tsx";
import { Facets } from "./facets.tsx";
import { QueryBar } from "./query-bar.tsx";
import { ResultTable } from "./result-table.tsx";
import { SavedQueries } from "./saved-queries.tsx";

interface ExploreSearch {
  readonly q?: string;
  readonly event?: string;
  readonly live?: string;
  readonly columns?: string;
}

const MOST_LIVE = 1_000;

export default function Explore() {
  const search: ExploreSearch = useSearch({ from: "/shell/explore" });
  const navigate = useNavigate();
  const range = useRange();
  const setRange = useSetRange();
  const [paused, setPaused] = useState(false);
  const q = search.q ?? "events";
  const list = isEventList(q);
  const live = search.live === "1";
  const columns = columnsOf(search.columns);

  function set(change: { [K in keyof ExploreSearch]?: ExploreSearch[K] | undefined }, replace = false) {
    void navigate({ to: "/explore", search: (before) => ({ ...before, ...change }) as never, replace });
  }
  const answer = useQuery({ ...answerQuery(q, range, columns), enabled: !live });
  const histogram = useQuery({ ...histogramQuery(q, range, 96), enabled: list && !live });
  const tail = useTail(live ? q : undefined, MOST_LIVE, paused);
  const rows = live ? tail.events : (answer.data?.rows ?? []);
  const shownColumns = live || list ? columns : (answer.data?.columns ?? []);
  const problem = answer.error instanceof ApiProblem ? answer.error.problem : undefined;

  return (
    <Page
      title="Explore"
      aside={
        <>
          <button
            type="button"
            className="button"
            aria-pressed={live}
            disabled={!list && !live}
            onClick={() => {
              setPaused(false);
              set({ live: live ? undefined : "1" });
            }}
          >
            <i className={`size-2 rounded-full ${live && tail.state === "live" ? "bg-good" : "bg-strong"}`} />{" "}
            Live
          </button>
          {live && (
            <button type="button" className="button" onClick={() => setPaused(!paused)}>
              <Icon name={paused ? "play" : "pause"} /> {paused ? "Go on" : "Pause"}
            </button>
          )}
          <RangePicker />
        </>
      }
    >
      <QueryBar
        key={q}
        query={q}
        problem={problem?.code.startsWith("QUERY_") ? problem : undefined}
        onAsk={(asked) => {
          if (asked === q) void answer.refetch();
          else set({ q: asked });
        }}
      />
      {answer.error !== null && problem?.code.startsWith("QUERY_") !== true && (
        <Trouble error={answer.error} className="mt-3" />
      )}
      {tail.state === "refused" && (
        <p role="alert" className="mt-3 text-small text-medium">
          This query cannot be followed live: use where, search, extend and project only.
        </p>
      )}
      {list && !live && histogram.error === null && (
        <Card title="When" aside={<TrafficLegend />} className="mt-4">
          <div className="px-4 pb-2">
            {histogram.data === undefined ? (
              <div className="h-47" />
            ) : (
              <TrafficChart
                histogram={histogram.data}
                onZoom={(from, to) =>
                  setRange({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })
                }
              />
            )}
          </div>
        </Card>
      )}
      <div
        className={`mt-4 grid items-start gap-4 ${list && !live ? "xl:grid-cols-[16rem_minmax(0,1fr)]" : ""}`}
      >
        {list && !live && (
          <Facets query={q} onNarrow={(field, value, not) => set({ q: narrowed(q, field, value, not) })} />
        )}
        <div className="card min-w-0 xl:order-none">
          <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2 text-small">
            <span className="text-muted" role="status">
              {live
                ? `${count(rows.length)} since it began${tail.dropped > 0 ? `, ${count(tail.dropped)} left out` : ""}`
                : answer.data === undefined
                  ? "…"
                  : `${count(rows.length)}${answer.data.truncated ? ` of more (the first ${count(MOST_ROWS)})` : ""}`}
            </span>
            <span className="ml-auto flex flex-wrap gap-2">
              <SavedQueries
                query={q}
                link={() => ({ q, columns: search.columns, event: search.event, ...range.bounds() })}
                onAsk={(asked) => set({ q: asked })}
              />
              {(list || live) && (
                <ColumnsMenu columns={columns} onChange={(next) => set({ columns: next }, true)} />
              )}
              <DownloadMenu columns={shownColumns} rows={rows} />
            </span>
          </div>
          {!live && answer.data === undefined && answer.error === null ? (
            <Skeleton lines={10} />
          ) : rows.length === 0 ? (
            <Empty title={live ? "Waiting for events" : "Nothing found"}>
              {!live && answer.error === null && "Take a longer span of time, or a condition less."}
            </Empty>
          ) : (
            <ResultTable
              columns={shownColumns}
              rows={rows}
              current={search.event}
              onOpen={list || live ? (event) => set({ event }, search.event !== undefined) : undefined}
            />
          )}
        </div>
      </div>
      {search.event !== undefined && (
        <EventDrawer
          key={search.event}
          id={search.event}
          onClose={() => set({ event: undefined }, true)}
          onAsk={(asked, span) =>
            set({ q: asked, event: undefined, live: undefined, ...span } as ExploreSearch)
          }
        />
      )}
    </Page>
  );
}
