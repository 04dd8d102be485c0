/** Events by time as bars, with failures in them and attacks below. Dragging across chooses a span. */
import { type PointerEvent, useEffect, useRef, useState } from "react";
import { count, plural } from "../../../src/report/format-values.ts";
import type { Answer } from "../api/client.ts";
import { BandShape, type Usual, UsualWords } from "./chart-band.tsx";
import { type Flag, Flags } from "./chart-flags.tsx";
import { short } from "./figures.ts";
import { said } from "./when.tsx";

export type Histogram = Answer<"GET /histogram">;

const PLOT = 132;
const LANE = 22;
const AXIS = 22;
const LEFT = 46;
const TOP = 14;
const NONE: readonly Usual[] = [];
const HEIGHT = TOP + PLOT + LANE + AXIS;

export function TrafficChart({
  histogram,
  band = NONE,
  flags = [],
  onZoom,
}: {
  readonly histogram: Histogram;
  readonly band?: readonly Usual[];
  readonly flags?: readonly Flag[];
  readonly onZoom: (from: number, to: number) => void;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [brush, setBrush] = useState<readonly [number, number]>();
  const [over, setOver] = useState<number>();
  useEffect(() => {
    if (frame.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);

  const { buckets, step_seconds } = histogram;
  const step = step_seconds * 1000;
  const from = Math.floor(Date.parse(histogram.from) / step) * step;
  const to = Math.max(from + step, Date.parse(histogram.to));
  const inner = Math.max(1, width - LEFT);
  const x = (time: number) => LEFT + ((time - from) / (to - from)) * inner;
  const timeAt = (pixel: number) => from + (Math.min(Math.max(pixel - LEFT, 0), inner) / inner) * (to - from);
  const top = niceCeiling(
    Math.max(1, ...buckets.map(({ events }) => events), ...band.map(({ high }) => high)),
  );
  const y = (value: number) => TOP + PLOT - (value / top) * PLOT;
  const mostAttacks = Math.max(1, ...buckets.map(({ attacks }) => attacks));
  const bar = Math.max(1, (step / (to - from)) * inner - 1);
  const bucketAt = (time: number) =>
    buckets.find(({ time: start }) => time >= Date.parse(start) && time < Date.parse(start) + step);
  const shown = over === undefined ? undefined : bucketAt(over);
  const total = (name: "events" | "server_errors" | "attacks") =>
    buckets.reduce((sum, each) => sum + each[name], 0);

  function pixelOf(event: PointerEvent<SVGSVGElement>): number {
    return event.clientX - event.currentTarget.getBoundingClientRect().left;
  }

  return (
    <div ref={frame} className="relative select-none" style={{ height: HEIGHT }}>
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={`${plural(total("events"), "request")}, ${count(total("server_errors"))} failed, ${count(total("attacks"))} carried an attack`}
          className="block cursor-crosshair touch-pan-y"
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            const time = timeAt(pixelOf(event));
            setBrush([time, time]);
          }}
          onPointerMove={(event) => {
            const time = timeAt(pixelOf(event));
            setOver(time);
            if (brush !== undefined) setBrush([brush[0], time]);
          }}
          onPointerLeave={() => setOver(undefined)}
          onPointerCancel={() => setBrush(undefined)}
          onPointerUp={() => {
            if (brush === undefined) return;
            const [start, end] = brush[0] < brush[1] ? brush : [brush[1], brush[0]];
            setBrush(undefined);
            if (x(end) - x(start) > 6) onZoom(Math.floor(start), Math.ceil(end));
          }}
        >
          {[0, top / 2, top].map((value) => (
            <g key={value} className="text-line">
              <line x1={LEFT} x2={width} y1={y(value)} y2={y(value)} className="stroke-current" />
              <text
                x={LEFT - 8}
                y={y(value) + 4}
                textAnchor="end"
                className="fill-muted text-small tabular-nums"
              >
                {short(value)}
              </text>
            </g>
          ))}
          {buckets.map(({ time, events, server_errors, attacks }) => {
            const left = x(Date.parse(time));
            const high = (attacks / mostAttacks) * (LANE - 8);
            return (
              <g key={time}>
                <rect
                  x={left}
                  width={bar}
                  y={y(events)}
                  height={y(0) - y(events)}
                  className="fill-requests"
                  opacity="0.75"
                />
                {server_errors > 0 && (
                  <rect
                    x={left}
                    width={bar}
                    y={y(server_errors)}
                    height={Math.max(1.5, y(0) - y(server_errors))}
                    className="fill-failed"
                  />
                )}
                {attacks > 0 && (
                  <rect
                    x={left}
                    width={Math.max(2, bar)}
                    y={TOP + PLOT + 5}
                    height={Math.max(3, high)}
                    rx="1"
                    className="fill-attacks"
                  />
                )}
              </g>
            );
          })}
          <BandShape band={band} x={x} y={y} />
          {ticksOf(from, to, inner).map((time) => (
            <text
              key={time}
              x={x(time)}
              y={HEIGHT - 5}
              textAnchor="middle"
              className="fill-muted text-small tabular-nums"
            >
              {tickWords(time, to - from)}
            </text>
          ))}
          {shown !== undefined && (
            <rect
              x={x(Date.parse(shown.time))}
              width={bar}
              y={TOP}
              height={PLOT}
              className="fill-text"
              opacity="0.08"
            />
          )}
          {brush !== undefined && (
            <rect
              x={Math.min(x(brush[0]), x(brush[1]))}
              width={Math.abs(x(brush[1]) - x(brush[0]))}
              y={TOP}
              height={PLOT + LANE}
              className="fill-focus"
              opacity="0.2"
            />
          )}
        </svg>
      )}
      {width > 0 && <Flags flags={flags.filter(({ at }) => at >= from && at <= to)} x={x} />}
      {shown !== undefined && over !== undefined && (
        <div
          className="card pointer-events-none absolute top-1 z-10 px-2.5 py-1.5 text-small whitespace-nowrap shadow-md"
          style={x(over) > width / 2 ? { right: width - x(over) + 12 } : { left: x(over) + 12 }}
        >
          <p className="font-semibold">{said(Date.parse(shown.time), "short")}</p>
          <p>{plural(shown.events, "request")}</p>
          <UsualWords band={band} time={Date.parse(shown.time)} step={step} events={shown.events} />
          <p className="text-failed">{count(shown.server_errors)} failed</p>
          <p className="text-attacks">{count(shown.attacks)} with an attack</p>
        </div>
      )}
    </div>
  );
}

/** Round figures whose halves are round: the first that is not below. */
function niceCeiling(value: number): number {
  const ten = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((each) => each * ten).find((each) => each >= value) ?? 10 * ten;
}

const MINUTE = 60_000;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080].map(
  (minutes) => minutes * MINUTE,
);

/** Round times of the reader's zone, far enough apart to be read. */
function ticksOf(from: number, to: number, width: number): readonly number[] {
  const most = Math.max(2, Math.floor(width / 72));
  const step = STEPS.find((each) => (to - from) / each <= most) ?? 4 * 10_080 * MINUTE;
  const shift = new Date(from).getTimezoneOffset() * MINUTE;
  const first = Math.ceil((from - shift) / step) * step + shift;
  const ticks: number[] = [];
  for (let time = first; time <= to; time += step) if ((time - from) / (to - from) < 0.97) ticks.push(time);
  return ticks;
}

function tickWords(time: number, span: number): string {
  const at = new Date(time);
  const isDay = at.getHours() === 0 && at.getMinutes() === 0;
  return isDay || span > 4 * 86_400_000
    ? at.toLocaleDateString(undefined, { day: "numeric", month: "short" })
    : at.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
