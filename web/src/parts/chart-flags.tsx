/** Incidents above a chart, where they were found. Each leads to its page. */
import { Link } from "@tanstack/react-router";
import { inert } from "../../../src/report/inert.ts";

export interface Flag {
  readonly at: number;
  /** Of the incident. */
  readonly id: string;
  readonly title: string;
  /** What a service did, rather than what somebody did to it. */
  readonly anomaly: boolean;
}

export function Flags({
  flags,
  x,
}: {
  readonly flags: readonly Flag[];
  readonly x: (time: number) => number;
}) {
  return flags.map(({ at, id, title, anomaly }) => (
    <Link
      key={id}
      to="/incidents/$id"
      params={{ id }}
      title={inert(title)}
      aria-label={`${anomaly ? "Anomaly" : "Grave incident"}: ${inert(title)}`}
      className="absolute -top-1.5 grid h-5 w-4 -translate-x-1/2 place-items-center rounded-xs hover:bg-sunken"
      style={{ left: x(at) }}
    >
      {anomaly ? <AnomalyShape /> : <GraveShape />}
    </Link>
  ));
}

export function GraveShape({ className = "" }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 10 10" className={`size-2.5 fill-attacks ${className}`} aria-hidden="true">
      <path d="M5 9L.5 1h9z" />
    </svg>
  );
}

export function AnomalyShape({ className = "" }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 10 10" className={`size-2.5 fill-medium ${className}`} aria-hidden="true">
      <path d="M5 0l5 5-5 5-5-5z" />
    </svg>
  );
}
