/** Who is behind the open incidents, the riskiest first. */
import { entityWords, sentence } from "../../../src/report/html/view/words.ts";
import type { Incident } from "../api/answers.ts";
import { Empty } from "../parts/basics.tsx";
import { EntityLink } from "../parts/entity-link.tsx";

const SHOWN = 8;

export function RiskyEntities({ incidents }: { readonly incidents: readonly Incident[] }) {
  const worst = new Map<string, Incident>();
  for (const incident of incidents) {
    const key = `${incident.entity.type} ${incident.entity.value}`;
    const known = worst.get(key);
    if (known === undefined || known.risk < incident.risk) worst.set(key, incident);
  }
  const shown = [...worst.entries()].toSorted(([, a], [, b]) => b.risk - a.risk).slice(0, SHOWN);
  if (shown.length === 0) return <Empty title="Nobody" />;
  return (
    <ul className="pb-2">
      {shown.map(([key, { entity, risk }]) => (
        <li key={key} className="grid grid-cols-[minmax(0,1fr)_5rem_2.2rem] items-center gap-3 px-4 py-1.5">
          <span className="min-w-0 leading-tight">
            <EntityLink entity={entity} className="block truncate" />
            <span className="text-small text-muted">{sentence(entityWords(entity.type))}</span>
          </span>
          <span className="h-1.5 overflow-hidden rounded-full bg-sunken">
            <span
              className="block h-full rounded-full bg-text"
              style={{ width: `${Math.min(100, risk)}%` }}
            />
          </span>
          <span className="text-right font-semibold tabular-nums">
            <span className="sr-only">Risk </span>
            {Math.round(risk)}
          </span>
        </li>
      ))}
    </ul>
  );
}
