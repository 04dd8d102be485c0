import { Link } from "@tanstack/react-router";
import { count } from "../../../src/report/format-values.ts";
import { inert } from "../../../src/report/inert.ts";
import type { Incident } from "../api/answers.ts";
import { OutcomeMark, SeverityMark, StateMark } from "../parts/verdict-marks.tsx";
import { When } from "../parts/when.tsx";

export function InboxRow({
  incident,
  current,
  picked,
  onPick,
  onPoint,
}: {
  readonly incident: Incident;
  readonly current: boolean;
  /** undefined where nothing can be chosen. */
  readonly picked: boolean | undefined;
  readonly onPick: () => void;
  readonly onPoint: () => void;
}) {
  return (
    <li
      className={`flex items-start gap-2.5 border-t border-line px-3 py-2.5 first:border-t-0 ${current ? "bg-sunken/70 shadow-[inset_3px_0_var(--text)]" : ""}`}
      aria-current={current ? "true" : undefined}
      onPointerEnter={onPoint}
    >
      {picked !== undefined && (
        <input
          type="checkbox"
          className="mt-1 size-4 accent-text"
          checked={picked}
          onChange={onPick}
          aria-label={`Choose ${inert(incident.title)}`}
        />
      )}
      <Link
        to="/incidents/$id"
        params={{ id: incident.id }}
        className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 lg:grid-cols-[6rem_minmax(0,1fr)_11rem_7.5rem_6.5rem] lg:items-start"
      >
        <SeverityMark severity={incident.severity} />
        <span className="min-w-0">
          <span className="font-medium">{inert(incident.title)}</span>
          <span className="block text-small text-muted">
            Risk {Math.round(incident.risk)} · {count(incident.events)} requests
            {incident.assignee !== null && ` · ${incident.assignee}`}
          </span>
        </span>
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1 pt-0.5 text-small lg:contents">
          <OutcomeMark outcome={incident.outcome} />
          <span>
            <StateMark state={incident.state} />
          </span>
          <span className="text-muted lg:text-right">
            <When at={incident.last_seen} style="ago" />
          </span>
        </span>
      </Link>
    </li>
  );
}
