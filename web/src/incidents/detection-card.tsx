/** One verdict: its arithmetic, and the requests that show it. */
import { Link } from "@tanstack/react-router";
import { count } from "../../../src/report/format-values.ts";
import { percent } from "../../../src/report/html/view/figures.ts";
import { kindWords, sentence } from "../../../src/report/html/view/words.ts";
import { inert } from "../../../src/report/inert.ts";
import type { Detection } from "../api/answers.ts";
import { Card, Logged } from "../parts/basics.tsx";
import { OutcomeMark, SeverityMark } from "../parts/verdict-marks.tsx";
import { askedFor } from "./asked-for.ts";
import { Evidence } from "./evidence.tsx";
import { Gauge } from "./gauge.tsx";

export function DetectionCard({ detection }: { readonly detection: Detection }) {
  const {
    id,
    category,
    class: of,
    severity,
    outcome,
    confidence,
    target,
    explanation,
    samples,
    events,
  } = detection;
  const title = sentence(kindWords({ category, class: of ?? null }));
  return (
    <div id={id} className="scroll-mt-16">
      <Card title={title} aside={<SeverityMark severity={severity} />}>
        <div className="grid gap-4 px-4 pb-4">
          <p className="flex flex-wrap gap-x-5 gap-y-1 text-small">
            <OutcomeMark outcome={outcome} />
            <span>{percent(confidence)} sure</span>
            <span>{count(events)} requests</span>
            {target !== undefined && (
              <span>
                at <Logged text={target.endpoint} /> of <Logged text={target.service} />
              </span>
            )}
            <Link to="/detections" search={{ detector: detection.detector }} className="link">
              How it works
            </Link>
            <Link to="/explore" search={askedFor(detection)} className="link">
              All its requests
            </Link>
          </p>
          <Gauge detection={detection} />
          <p className="max-w-prose">{inert(explanation)}</p>
          {samples.length > 0 && <Evidence samples={samples} />}
        </div>
      </Card>
    </div>
  );
}
