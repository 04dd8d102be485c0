/** When each part of the attack went on, on one line of time. */
import { categoryWords, sentence } from "../../../src/report/html/view/words.ts";
import type { Detection } from "../api/answers.ts";
import { Card } from "../parts/basics.tsx";
import { SeverityMark } from "../parts/verdict-marks.tsx";
import { said, When } from "../parts/when.tsx";

export function Timeline({ detections }: { readonly detections: readonly Detection[] }) {
  const starts = detections.map(({ first_seen }) => Date.parse(first_seen));
  const ends = detections.map(({ last_seen }) => Date.parse(last_seen));
  const from = Math.min(...starts);
  const span = Math.max(1000, Math.max(...ends) - from);
  const share = (time: string) => ((Date.parse(time) - from) / span) * 100;
  const inOrder = detections.toSorted((a, b) => Date.parse(a.first_seen) - Date.parse(b.first_seen));
  return (
    <Card
      title="Timeline"
      aside={
        <>
          <When at={from} /> to {said(from + span, "short")}
        </>
      }
    >
      <ol className="px-4 pb-4">
        {inOrder.map((detection) => {
          const { id, first_seen, last_seen, detected_at, category, severity } = detection;
          const left = Math.min(99, share(first_seen));
          return (
            <li key={id} className="grid items-center gap-x-4 py-1 sm:grid-cols-[13rem_minmax(0,1fr)]">
              <a href={`#${id}`} className="flex items-center gap-2 text-small hover:underline">
                <SeverityMark severity={severity} bare />
                {sentence(categoryWords(category))}
              </a>
              <span
                className="relative h-5 rounded bg-sunken"
                title={`${said(Date.parse(first_seen), "full")} to ${said(Date.parse(last_seen), "full")}`}
              >
                <span
                  className="absolute inset-y-1 rounded-xs bg-requests"
                  style={{ left: `${left}%`, width: `${Math.max(0.8, share(last_seen) - left)}%` }}
                />
                <span
                  className="absolute inset-y-0 w-0.5 bg-high"
                  style={{ left: `${Math.min(99.5, share(detected_at))}%` }}
                />
                <span className="sr-only">
                  from {said(Date.parse(first_seen), "short")} to {said(Date.parse(last_seen), "short")},
                  detected {said(Date.parse(detected_at), "short")}
                </span>
              </span>
            </li>
          );
        })}
      </ol>
      <p className="px-4 pb-3 text-small text-muted">
        <i className="mr-1.5 inline-block h-3 w-0.5 bg-high align-middle" />
        where it was detected
      </p>
    </Card>
  );
}
