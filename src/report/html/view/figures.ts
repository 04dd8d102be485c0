/** Figures and times as the page writes them. Times are UTC. */
import { clock, count, date, dateTime, span } from "../../format-values.ts";

/** "12 %", "0.4 %", "under 0.1 %", "0 %". */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.1) return "under 0.1 %";
  return `${value < 10 && value !== Math.round(value) ? value.toFixed(1) : Math.round(value)} %`;
}

/** Whole above a hundred, else at most two digits after the point. */
function figure(value: number): string {
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return count(value);
  return String(Math.round(value * 100) / 100);
}

/** A value in a detection's unit: certainties are shares. */
export function measured(value: number, unit: string): string {
  return unit === "certainty" ? percent(value) : figure(value);
}

/** "12 ms", "1.4 s". */
export function milliseconds(value: number): string {
  if (value >= 10_000) return `${count(value / 1000)} s`;
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`;
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ms`;
}

export function spanWords(from: number | null, to: number | null): string {
  if (from === null || to === null) return "no time";
  return span(from, to);
}

/** Without the year, which the head of the report names, unless the span crosses one. */
export function shortSpan(from: number | null, to: number | null): string {
  const words = spanWords(from, to);
  const years = new Set(words.match(/ \d{4}(?= )/g));
  return years.size > 1 ? words : words.replace(/ \d{4}(?= )/g, "");
}

/** "2 Mar 2026 18:35:07". */
export function moment(time: number | null): string {
  if (time === null) return "no time";
  return `${dateTime(time)}:${new Date(time).toISOString().slice(17, 19)}`;
}

/** With seconds where the minute alone would say nothing. */
export function step(from: number, to: number): string {
  if (to - from >= 60_000) return span(from, to);
  return `${moment(from)} to ${moment(to).slice(-8)}`;
}

/** What is new against the time before: "3 Mar" at the start of a day, "14:00" within it. */
export function tickWords(time: number, stepMs: number): string {
  return stepMs >= DAY || time % DAY === 0 ? day(time) : clock(time);
}

/** "3 Mar". */
export function day(time: number): string {
  return date(time).replace(/ \d{4}$/, "");
}

const DAY = 86_400_000;
