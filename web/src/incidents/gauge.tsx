/** The arithmetic: what was observed, what is usual, where the line is. */

import { measured } from "../../../src/report/html/view/figures.ts";
import { gaugeOf } from "../../../src/report/html/view/gauge.ts";
import { inert } from "../../../src/report/inert.ts";
import type { Detection } from "../api/answers.ts";

export function Gauge({ detection }: { readonly detection: Detection }) {
  const { unit } = detection;
  const { observed, expected, threshold, against } = gaugeOf(detection);
  return (
    <figure className="max-w-prose">
      <svg viewBox="0 0 100 12" preserveAspectRatio="none" className="h-4 w-full" aria-hidden="true">
        <rect x="0" y="3" width="100" height="6" className="fill-sunken" />
        <rect x="0" y="3" width={observed * 100} height="6" className="fill-requests" />
        {expected !== null && (
          <path
            d={`M${expected * 100} 1V11`}
            className="stroke-text"
            strokeWidth="2"
            strokeDasharray="3 2"
            vectorEffect="non-scaling-stroke"
          />
        )}
        <path
          d={`M${threshold * 100} 0V12`}
          className="stroke-high"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption className="mt-1 flex flex-wrap gap-x-5 text-small tabular-nums">
        <span>
          <i className="mr-1.5 inline-block size-2.5 rounded-xs bg-requests" />
          Observed <b>{measured(detection.observed, unit)}</b>
        </span>
        <span>
          <i className="mr-1.5 inline-block h-3 w-0.5 bg-high align-middle" />
          Line <b>{measured(detection.threshold, unit)}</b>
        </span>
        {detection.expected !== null && (
          <span>
            <i className="mr-1.5 inline-block h-3 border-l-2 border-dashed border-text align-middle" />
            Usual <b>{measured(detection.expected, unit)}</b>
          </span>
        )}
        {against !== "" && <b>{against}</b>}
        <span className="text-muted">{inert(unit)}</span>
      </figcaption>
    </figure>
  );
}
