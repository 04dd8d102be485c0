/** The table of endpoints: the first of them by any column, those of a word, or all. */
import { useState } from "react";
import { count } from "../../../src/report/format-values.ts";
import type { Row } from "../api/answers.ts";
import { Card, Empty, Skeleton } from "../parts/basics.tsx";
import { changeOf } from "./change.ts";
import { EndpointRow } from "./endpoint-row.tsx";

const COLUMNS = [
  ["n", "Requests"],
  ["errors", "Failed"],
  ["refused", "Refused"],
  ["p50", "p50"],
  ["p95", "p95"],
  ["p99", "p99"],
  ["sent", "Size"],
  ["attacks", "Attacks"],
] as const;
type Column = (typeof COLUMNS)[number][0];
/** Of the busiest; more are left to queries. */
export const MOST = 500;
/** A page of five hundred is too long to read and slow to draw. */
const AT_FIRST = 50;

/**
 * @param rows undefined until they are known
 * @param before the same endpoints in the span before, by name
 */
export function Endpoints({
  rows,
  before,
  failed,
}: {
  readonly rows: readonly Row[] | undefined;
  readonly before: ReadonlyMap<string, Row>;
  readonly failed: boolean;
}) {
  const [order, setOrder] = useState<Column>("n");
  const [word, setWord] = useState("");
  const [all, setAll] = useState(false);
  const wanted = word.trim().toLowerCase();
  const found = (rows ?? [])
    .filter((row) => nameOf(row).toLowerCase().includes(wanted))
    .toSorted((a, b) => sortValue(b, order) - sortValue(a, order));
  const shown = all ? found : found.slice(0, AT_FIRST);
  const known = before.size > 0 && before.size < MOST;
  return (
    <Card
      title="Endpoints"
      aside={
        rows !== undefined &&
        rows.length > 0 && (
          <span className="flex flex-wrap items-baseline gap-3">
            <span>
              {count(found.length)}
              {rows.length === MOST ? " of the busiest" : ""}
            </span>
            <input
              type="search"
              className="field w-44"
              placeholder="Find an endpoint"
              aria-label="Find an endpoint"
              value={word}
              onChange={({ target }) => setWord(target.value)}
            />
          </span>
        )
      }
      wide
    >
      {rows === undefined ? (
        !failed && <Skeleton lines={12} />
      ) : found.length === 0 ? (
        <Empty title={wanted === "" ? "No traffic in this span" : "No endpoint has this in its name"} />
      ) : (
        <table className="rows w-full">
          <thead>
            <tr>
              <th>Endpoint</th>
              {COLUMNS.map(([name, label]) => (
                <th key={name} className="figure" aria-sort={order === name ? "descending" : "none"}>
                  <button
                    type="button"
                    className={order === name ? "font-semibold text-text" : "hover:text-text"}
                    onClick={() => setOrder(name)}
                  >
                    {label}
                    {order === name ? " ↓" : ""}
                  </button>
                </th>
              ))}
              <th className="figure">Last seen</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <EndpointRow
                key={nameOf(row)}
                row={row}
                change={changeOf(row, before.get(nameOf(row)), known)}
              />
            ))}
          </tbody>
        </table>
      )}
      {shown.length < found.length && (
        <p className="p-3">
          <button type="button" className="button" onClick={() => setAll(true)}>
            Show {count(found.length - shown.length)} more
          </button>
        </p>
      )}
    </Card>
  );
}

export function nameOf(row: Row): string {
  return `${row["service.name"]} ${row["http.request.method"]} ${row["http.route"]}`;
}

/** Failures and refusals order by their share. */
function sortValue(row: Row, column: Column): number {
  const value = Number(row[column] ?? 0);
  return column === "errors" || column === "refused" ? value / Number(row.n) : value;
}
