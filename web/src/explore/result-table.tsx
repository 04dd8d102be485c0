/** Rows of an answer: only those in sight are in the page, however many there are. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { FINDING_CLASSES } from "../../../src/event.ts";
import { classWords } from "../../../src/report/html/view/words.ts";
import { inert } from "../../../src/report/inert.ts";
import type { Row } from "../api/answers.ts";
import { milliseconds } from "../parts/figures.ts";
import { timeOf, When } from "../parts/when.tsx";

const ROW = 33;
const MOST_CELL = 300;
const WIDTHS: Readonly<Record<string, string>> = {
  timestamp: "10.5rem",
  "http.request.method": "4.5rem",
  "http.response.status_code": "4rem",
  "url.path": "minmax(14rem, 3fr)",
  duration_ms: "5.5rem",
  "client.address": "minmax(9rem, 1fr)",
};
const HEADS: Readonly<Record<string, string>> = {
  timestamp: "Time",
  "http.request.method": "Method",
  "http.response.status_code": "Status",
  "url.path": "Path",
  duration_ms: "Took",
  "client.address": "Client",
  "user.id": "User",
  "finding.class": "Found",
};

export function ResultTable({
  columns,
  rows,
  current,
  onOpen,
}: {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Id of the event that is open. */
  readonly current: string | undefined;
  readonly onOpen: ((id: string) => void) | undefined;
}) {
  const frame = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const template = {
    gridTemplateColumns: columns.map((name) => WIDTHS[name] ?? "minmax(8rem, 1fr)").join(" "),
  };
  const wide = { minWidth: `${columns.length * 8}rem` };
  return (
    <section
      ref={frame}
      className="max-h-[70vh] min-h-40 overflow-auto"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keyboard too
      tabIndex={0}
      aria-label="Rows"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: rows that are not in the page have no place in a table element */}
      <div role="table" aria-rowcount={rows.length + 1} style={wide}>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: a row is not acted on */}
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-10 grid gap-x-3 border-b border-line bg-surface px-3 py-1.5 text-small font-medium text-muted"
          style={template}
        >
          {columns.map((name) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <span key={name} role="columnheader" className="truncate" title={name}>
              {HEADS[name] ?? name}
            </span>
          ))}
        </div>
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index] ?? {};
            const id = typeof row["event.id"] === "string" ? row["event.id"] : undefined;
            return (
              // biome-ignore lint/a11y/useSemanticElements: as above
              // biome-ignore lint/a11y/useFocusableInteractive: as above
              // biome-ignore lint/a11y/useKeyWithClickEvents: the button of its first cell has the keys
              <div
                key={id ?? index}
                role="row"
                aria-rowindex={index + 2}
                className={`absolute inset-x-0 grid items-center gap-x-3 border-b border-line px-3 ${onOpen === undefined ? "" : "cursor-pointer hover:bg-sunken/60"} ${id !== undefined && id === current ? "bg-sunken" : ""}`}
                style={{ ...template, height: ROW, transform: `translateY(${start}px)` }}
                onClick={() => id !== undefined && onOpen?.(id)}
              >
                {columns.map((name, place) => (
                  // biome-ignore lint/a11y/useSemanticElements: as above
                  <span key={name} role="cell" className="truncate text-small">
                    {place === 0 && onOpen !== undefined && id !== undefined ? (
                      <button type="button" className="max-w-full truncate">
                        <span className="sr-only">Open event </span>
                        <Cell name={name} value={row[name]} />
                      </button>
                    ) : (
                      <Cell name={name} value={row[name]} />
                    )}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

function Cell({ name, value }: { readonly name: string; readonly value: unknown }) {
  if (value === null || value === undefined || value === "") return <span className="text-muted">–</span>;
  if (name === "timestamp" || /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/.test(String(value)))
    return Number.isFinite(timeOf(value)) ? <When at={value} style="full" /> : inert(String(value));
  if (name === "duration_ms") return <span className="tabular-nums">{milliseconds(value)}</span>;
  if (name === "http.response.status_code") {
    const status = Number(value);
    return (
      <span className={`tabular-nums ${status >= 500 ? "font-semibold text-failed" : ""}`}>{status}</span>
    );
  }
  if (name === "finding.class" && Array.isArray(value)) return <Found classes={value} />;
  return <bdi className="font-mono">{inert(textOf(value)).slice(0, MOST_CELL)}</bdi>;
}

function Found({ classes }: { readonly classes: readonly unknown[] }) {
  const known = FINDING_CLASSES.filter((each) => classes.includes(each));
  if (known.length === 0) return <span className="text-muted">–</span>;
  return <span className="font-medium text-attacks">{known.map(classWords).join(", ")}</span>;
}

export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
