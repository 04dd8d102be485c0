/** Who did what where, as a picture: the more requests, the broader the band. */
import type { ReactNode } from "react";
import { count, plural } from "../../../src/report/format-values.ts";
import { inert } from "../../../src/report/inert.ts";
import type { Detection } from "../api/answers.ts";
import { Card, Logged } from "../parts/basics.tsx";
import { EntityLink } from "../parts/entity-link.tsx";
import { type Connection, connectionsOf, type Place } from "./connections.ts";

const ROW = 34;
const BROADEST = 14;

export function ConnectionsCard({ detections }: { readonly detections: readonly Detection[] }) {
  const { who, what, where, whoWhat, whatWhere } = connectionsOf(detections);
  // One thing done by one in one place: the words above say it.
  if (who.length + what.length + where.length < 4) return null;
  const height = Math.max(who.length, what.length, where.length) * ROW;
  const most = Math.max(...whoWhat.map(({ weight }) => weight), ...whatWhere.map(({ weight }) => weight));
  const bands = { height, most };
  return (
    <Card title="Who did what where" wide>
      <div className="grid min-w-160 grid-cols-[minmax(0,1fr)_4.5rem_minmax(0,1fr)_4.5rem_minmax(0,1.4fr)] px-4 pb-4">
        <Column label="Who" places={who} height={height} />
        <Bands {...bands} links={whoWhat} left={who.length} right={what.length} />
        <Column label="What" places={what} height={height} />
        <Bands {...bands} links={whatWhere} left={what.length} right={where.length} />
        <Column label="Where" places={where} height={height} />
      </div>
    </Card>
  );
}

function Column({
  label,
  places,
  height,
}: {
  readonly label: string;
  readonly places: readonly Place[];
  readonly height: number;
}) {
  return (
    <ul aria-label={label} className="grid auto-rows-fr items-center text-small" style={{ height }}>
      {places.map((place) => (
        <li key={place.key} className="truncate rounded-md bg-sunken px-2 py-1">
          {named(place)}
        </li>
      ))}
    </ul>
  );
}

function named({ label, entity, anchor, service, count: of }: Place): ReactNode {
  if (of > 1 || label === "others") return `${count(of)} more`;
  if (entity !== undefined) return <EntityLink entity={entity} />;
  if (anchor !== undefined)
    return (
      <a href={`#${anchor}`} className="hover:underline">
        {label}
      </a>
    );
  return (
    <span title={inert(`${label} of ${service ?? ""}`)}>
      <Logged text={label} />
    </span>
  );
}

function Bands({
  links,
  left,
  right,
  height,
  most,
}: {
  readonly links: readonly Connection[];
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly most: number;
}) {
  const y = (at: number, of: number) => ((at + 0.5) * height) / Math.max(1, of);
  return (
    <svg
      viewBox={`0 0 72 ${height}`}
      preserveAspectRatio="none"
      className="w-full"
      style={{ height }}
      role="presentation"
    >
      {links.map(({ from, to, weight }) => (
        <path
          key={`${from} ${to}`}
          d={`M0 ${y(from, left)}C36 ${y(from, left)} 36 ${y(to, right)} 72 ${y(to, right)}`}
          fill="none"
          className="stroke-attacks"
          strokeOpacity="0.35"
          strokeWidth={Math.max(1.5, (weight / most) * BROADEST)}
        >
          <title>{plural(Math.round(weight), "request")}</title>
        </path>
      ))}
    </svg>
  );
}
