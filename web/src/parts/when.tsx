/** Times in the zone of whoever reads them, with UTC on hover. */
import { duration } from "../../../src/report/format-values.ts";

const DAY = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const FULL = new Intl.DateTimeFormat(undefined, {
  dateStyle: "medium",
  timeStyle: "medium",
  hourCycle: "h23",
});
const CLOCK = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  hourCycle: "h23",
});

type Style = "short" | "full" | "clock" | "ago";

/** The store writes times without a zone, and means UTC. */
export function timeOf(value: unknown): number {
  if (typeof value === "number") return value;
  const text = String(value ?? "");
  return Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(" ", "T")}Z`);
}

export function said(time: number, style: Style): string {
  if (style === "ago") {
    const past = Date.now() - time;
    return past < 1500 ? "now" : past < 7 * 86_400_000 ? `${duration(past)} ago` : DAY.format(time);
  }
  return (style === "short" ? DAY : style === "full" ? FULL : CLOCK).format(time);
}

export function When({ at, style = "short" }: { readonly at: unknown; readonly style?: Style }) {
  const time = timeOf(at);
  if (!Number.isFinite(time)) return <span className="text-muted">never</span>;
  const utc = new Date(time).toISOString();
  return (
    <time
      dateTime={utc}
      title={`${utc.replace("T", " ").replace("Z", "")} UTC`}
      className="whitespace-nowrap tabular-nums"
    >
      {said(time, style)}
    </time>
  );
}
