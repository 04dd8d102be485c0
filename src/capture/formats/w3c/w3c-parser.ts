/**
 * Lines of a W3C extended log. The `#Fields` directive names the columns and may come again with others; where
 * it is missing, or does not fit, the columns are inferred from the values.
 */
import type { ApiEvent } from "../../../event.ts";
import type { FormatOptions, LineParser, LineResult } from "../../format.ts";
import { clearEvent } from "../clear-event.ts";
import { calendarMs } from "../fields/calendar.ts";
import type { Capture } from "../template/template.ts";

export interface W3cDialect {
  readonly separator: " " | "\t";
  /** The columns of a line without a `#Fields` that fits; undefined when it is no such log. */
  infer(values: readonly string[]): readonly string[] | undefined;
  /** False when lines with these columns belong to another log. */
  accepts(columns: readonly string[]): boolean;
  open(column: string, options: FormatOptions): Capture;
}

interface Layout {
  readonly names: readonly string[];
  readonly captures: readonly Capture[];
  readonly date: number;
  readonly time: number;
}

const FIELDS = "#Fields:";
/** No server logs more columns; a line with more is not of such a log. */
const MOST_COLUMNS = 80;

export function openW3c(dialect: W3cDialect, options: FormatOptions): LineParser {
  let declared: Layout | undefined;
  /** Layouts that were inferred, by their number of columns, tried again before inferring anew. */
  const inferred = new Map<number, Layout>();
  const starts: number[] = [];
  let day = "";
  let dayMs = Number.NaN;

  function layoutOf(names: readonly string[]): Layout | undefined {
    if (!dialect.accepts(names)) return undefined;
    const captures = names.map((name) => dialect.open(name, options));
    return { names, captures, date: names.indexOf("date"), time: names.indexOf("time") };
  }

  function declare(text: string): void {
    declared = layoutOf(text.slice(FIELDS.length).trim().split(/\s+/, MOST_COLUMNS));
  }
  if (options.pattern !== undefined) declare(options.pattern);

  /** Where each column starts; one more entry stands after the line's end. */
  function cut(line: string): number {
    let count = 0;
    let at = 0;
    while (count < MOST_COLUMNS) {
      starts[count++] = at;
      const next = line.indexOf(dialect.separator, at);
      if (next < 0) break;
      at = next + 1;
    }
    starts[count] = line.length + 1;
    return count;
  }

  function readTime(line: string, layout: Layout, event: ApiEvent): boolean {
    if (layout.date < 0 || layout.time < 0) return true;
    const dateAt = starts[layout.date] ?? 0;
    if (!line.startsWith(day, dateAt) || day === "") {
      day = line.slice(dateAt, dateAt + 10);
      dayMs = calendarMs(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10)), 0, 0, 0);
    }
    const timeAt = starts[layout.time] ?? 0;
    const clock = /(\d\d):(\d\d):(\d\d(?:\.\d+)?)/y;
    clock.lastIndex = timeAt;
    const [, hour, minute, second] = clock.exec(line) ?? [];
    event.timestamp = dayMs + (Number(hour) * 3600 + Number(minute) * 60) * 1000 + Number(second) * 1000;
    return !Number.isNaN(event.timestamp);
  }

  function fill(line: string, layout: Layout, event: ApiEvent): boolean {
    if (!readTime(line, layout, event)) return false;
    for (let i = 0; i < layout.captures.length; i++) {
      const start = starts[i] ?? 0;
      const end = (starts[i + 1] ?? 0) - 1;
      if (!(layout.captures[i]?.(event, line, start, end, false) ?? false)) return false;
    }
    return true;
  }

  function parse(text: string, event: ApiEvent): LineResult {
    const line = text.trimEnd();
    if (line === "") return "ignored";
    if (line.charCodeAt(0) === 35) {
      if (line.startsWith(FIELDS)) declare(line);
      return "ignored";
    }
    const count = cut(line);
    const known = declared?.names.length === count ? declared : inferred.get(count);
    if (known === undefined || !fill(line, known, event)) {
      clearEvent(event);
      const names = dialect.infer(line.split(dialect.separator, MOST_COLUMNS));
      const layout = names?.length === count ? layoutOf(names) : undefined;
      if (layout === undefined || !fill(line, layout, event)) return "failed";
      inferred.set(count, layout);
    }
    return event["url.path"] === undefined && event["http.request.method"] === undefined
      ? "ignored"
      : "event";
  }
  return { parse };
}
