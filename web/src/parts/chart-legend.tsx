/** What the shapes and colours of a chart of traffic mean, in words. */
import { AnomalyShape, GraveShape } from "./chart-flags.tsx";

export function TrafficLegend({
  band,
  flags = false,
}: {
  /** Words for it, where there is one. */
  readonly band?: string | undefined;
  readonly flags?: boolean;
}) {
  return (
    <p className="flex flex-wrap gap-x-4 text-small text-muted">
      <span>
        <i className="mr-1.5 inline-block size-2.5 rounded-xs bg-requests" />
        Requests
      </span>
      {band !== undefined && (
        <span>
          <svg viewBox="0 0 16 10" className="mr-1.5 inline-block h-2.5 w-4" aria-hidden="true">
            <rect width="16" height="10" className="fill-usual" opacity="0.2" />
            <path d="M0 .5H16M0 9.5H16" className="stroke-usual" opacity="0.7" />
            <path d="M0 5H16" className="stroke-usual" strokeDasharray="4 3" strokeWidth="1.5" />
          </svg>
          {band}
        </span>
      )}
      <span>
        <i className="mr-1.5 inline-block size-2.5 rounded-xs bg-failed" />
        Failed (5xx)
      </span>
      <span>
        <i className="mr-1.5 inline-block size-2.5 rounded-xs bg-attacks" />
        With an attack
      </span>
      {flags && (
        <>
          <span>
            <GraveShape className="mr-1.5 inline-block" />
            Grave incident
          </span>
          <span>
            <AnomalyShape className="mr-1.5 inline-block" />
            Anomaly
          </span>
        </>
      )}
    </p>
  );
}
