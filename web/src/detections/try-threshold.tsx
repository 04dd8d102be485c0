/** What a detector would have told of the last 30 days at other values of one threshold. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { count, plural } from "../../../src/report/format-values.ts";
import type { Detector } from "../api/answers.ts";
import { type Answer, api } from "../api/client.ts";
import { sampleQuery } from "../api/queries.ts";
import { Skeleton, Trouble } from "../parts/basics.tsx";
import { said } from "../parts/when.tsx";
import { rangeOf } from "../shell/range.ts";
import { stopsAround } from "./stops.ts";

type Threshold = Detector["thresholds"][number];
type Swept = Answer<"POST /backtests/sweep">;

const MONTH = rangeOf({ range: "30d" });

export function TryThreshold({
  detector,
  threshold: { name, floor, set, least, most, unit },
  onUse,
}: {
  readonly detector: string;
  readonly threshold: Threshold;
  /** Takes the value over into the form; absent for those who may not set it. */
  readonly onUse: ((value: number) => void) | undefined;
}) {
  const present = set ?? floor;
  const stops = stopsAround(present, { least, most });
  const [at, setAt] = useState(stops.indexOf(present));
  const { data: sample } = useQuery(sampleQuery);
  const shown = sample?.state === "running" || sample?.state === "ended";
  const { data, error } = useQuery({
    queryKey: ["sweep", detector, name, stops, shown],
    enabled: sample !== undefined,
    // A pass over history is dear: once it is known, a glance elsewhere asks for no other.
    staleTime: 600_000,
    retry: false,
    queryFn: ({ signal }) =>
      api("POST /backtests/sweep", {
        body: { since: MONTH.bounds().from, sample: shown, detector, threshold: name, values: [...stops] },
        signal,
      }),
  });
  const chosen = stops[at] ?? present;
  const words = name.replaceAll("_", " ");
  return (
    <section className="card grid gap-3 bg-sunken/40 p-3" aria-label={`Try ${words}`}>
      <label className="grid gap-1 text-small">
        <span>
          If {words} began at{" "}
          <output className="font-semibold tabular-nums">
            {chosen} {unit}
          </output>
          {chosen === present && " (as it does now)"}
        </span>
        <input
          type="range"
          className="w-full max-w-md accent-text"
          min={0}
          max={stops.length - 1}
          step={1}
          value={at}
          aria-valuetext={`${chosen} ${unit}`}
          onChange={({ target }) => setAt(Number(target.value))}
        />
      </label>
      <Trouble error={error} />
      {data === undefined ? error === null && <Skeleton lines={2} /> : <Told swept={data} value={chosen} />}
      {onUse !== undefined && chosen !== present && (
        <button type="button" className="button justify-self-start" onClick={() => onUse(chosen)}>
          Take {chosen} over
        </button>
      )}
    </section>
  );
}

const BAR_HEIGHT = 48;
const BAR_WIDTH = 9;

function Told({ swept, value }: { readonly swept: Swept; readonly value: number }) {
  const told = swept.values.find((each) => each.value === value);
  if (told === undefined) return null;
  const most = Math.max(1, ...swept.values.flatMap(({ days }) => days.map(({ detections }) => detections)));
  const first = Date.parse(swept.from.slice(0, 10));
  const days = Math.floor((Date.parse(swept.until) - first) / 86_400_000) + 1;
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-2 text-small">
      <p className="min-w-60 flex-1" aria-live="polite">
        <b className="text-lead tabular-nums">{plural(told.detections, "detection")}</b> about{" "}
        {plural(told.entities, "entity", "entities")}
        <span className="block text-muted">
          of {plural(swept.events, "event")} since {said(Date.parse(swept.from), "short")}, this detector
          alone.
          {!swept.complete &&
            ` There was more than it could look at: it came to ${said(Date.parse(swept.until), "short")}.`}
        </span>
      </p>
      <svg
        width={days * BAR_WIDTH}
        height={BAR_HEIGHT + 1}
        role="img"
        aria-label={`By the day: ${told.days.map(({ day, detections }) => `${day} ${count(detections)}`).join(", ") || "none"}`}
      >
        <line
          x1={0}
          x2={days * BAR_WIDTH}
          y1={BAR_HEIGHT + 0.5}
          y2={BAR_HEIGHT + 0.5}
          className="stroke-line"
        />
        {told.days.map(({ day, detections }) => {
          const high = detections === 0 ? 0 : Math.max(2, (detections / most) * BAR_HEIGHT);
          return (
            <rect
              key={day}
              x={Math.round((Date.parse(day) - first) / 86_400_000) * BAR_WIDTH}
              width={BAR_WIDTH - 2}
              y={BAR_HEIGHT - high}
              height={high}
              className="fill-attacks"
            >
              <title>{`${day}: ${plural(detections, "detection")}`}</title>
            </rect>
          );
        })}
      </svg>
    </div>
  );
}
