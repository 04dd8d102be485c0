/** What is usual, drawn over what was: the learned band, and where a step lies beside it. */
import type { Answer } from "../api/client.ts";
import { short } from "./figures.ts";

type Points = Answer<"GET /expected">["points"];

/** In requests of one step of the chart. */
export interface Usual {
  readonly at: number;
  readonly low: number;
  readonly usual: number;
  readonly high: number;
}

/** @param points in requests per minute */
export function usualBySteps(points: Points, stepSeconds: number): readonly Usual[] {
  const minutes = stepSeconds / 60;
  return points.map(({ time, low, usual, high }) => ({
    at: Date.parse(time),
    low: low * minutes,
    usual: usual * minutes,
    high: high * minutes,
  }));
}

export function BandShape({
  band,
  x,
  y,
}: {
  readonly band: readonly Usual[];
  readonly x: (time: number) => number;
  readonly y: (value: number) => number;
}) {
  if (band.length < 2) return null;
  const line = (name: "low" | "usual" | "high", points = band) =>
    points.map((each) => `${x(each.at).toFixed(1)} ${y(each[name]).toFixed(1)}`).join("L");
  return (
    <g className="pointer-events-none">
      <path d={`M${line("high")}L${line("low", band.toReversed())}Z`} className="fill-usual" opacity="0.2" />
      <path d={`M${line("high")}M${line("low")}`} className="fill-none stroke-usual" opacity="0.7" />
      <path
        d={`M${line("usual")}`}
        className="fill-none stroke-usual"
        strokeDasharray="4 3"
        strokeWidth="1.5"
      />
    </g>
  );
}

/** Where the step that holds `time` lies: in words, for whoever points at it. */
export function UsualWords({
  band,
  time,
  step,
  events,
}: {
  readonly band: readonly Usual[];
  readonly time: number;
  /** Milliseconds. */
  readonly step: number;
  readonly events: number;
}) {
  const here = band.find(({ at }) => at >= time && at < time + step);
  if (here === undefined) return null;
  const over =
    time + step > Date.now() ? "" : events > here.high ? " · above" : events < here.low ? " · below" : "";
  return (
    <p className="text-usual">
      Usual: {short(Math.floor(here.low))} to {short(Math.ceil(here.high))}
      <b>{over}</b>
    </p>
  );
}
