/** Open incidents: how many of each severity, and the gravest. */
import { Link } from "@tanstack/react-router";
import { SEVERITY_ORDER } from "../../../src/report/html/view/words.ts";
import { inert } from "../../../src/report/inert.ts";
import type { Incident } from "../api/answers.ts";
import { Empty } from "../parts/basics.tsx";
import { OutcomeMark, SeverityMark } from "../parts/verdict-marks.tsx";
import { When } from "../parts/when.tsx";

const SHOWN = 7;

export function OpenIncidents({ incidents }: { readonly incidents: readonly Incident[] }) {
  const open = incidents.filter(({ state }) => state === "open");
  if (open.length === 0)
    return (
      <Empty title="Nothing is open">
        Incidents appear here as soon as a detector is sure enough to speak.
      </Empty>
    );
  const gravest = open.toSorted(
    (a, b) => SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity) || b.risk - a.risk,
  );
  return (
    <>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 px-4 pb-2 text-small">
        {SEVERITY_ORDER.map((severity) => {
          const number = open.filter((each) => each.severity === severity).length;
          return (
            <li key={severity}>
              <Link
                to="/incidents"
                search={{ severity }}
                className="flex items-center gap-1.5 hover:underline"
              >
                <SeverityMark severity={severity} /> <b className="tabular-nums">{number}</b>
              </Link>
            </li>
          );
        })}
      </ul>
      <ul>
        {gravest.slice(0, SHOWN).map((incident) => (
          <li key={incident.id} className="border-t border-line">
            <Link
              to="/incidents/$id"
              params={{ id: incident.id }}
              className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5 px-4 py-2 hover:bg-sunken/60 sm:grid-cols-[1rem_minmax(0,1fr)_auto_6.5rem]"
            >
              <SeverityMark severity={incident.severity} bare />
              <span className="font-medium sm:truncate">{inert(incident.title)}</span>
              <span className="col-start-2 text-small sm:col-start-auto">
                <OutcomeMark outcome={incident.outcome} />
              </span>
              <span className="hidden text-right text-small text-muted sm:block">
                <When at={incident.last_seen} style="ago" />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {open.length > SHOWN && (
        <Link to="/incidents" className="link block border-t border-line px-4 py-2 text-small">
          All {open.length} open incidents
        </Link>
      )}
    </>
  );
}
