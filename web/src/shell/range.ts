/** The span of time that pages are about. It lives in the address. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../api/client.ts";
import { said } from "../parts/when.tsx";

const HOUR_MS = 3_600_000;
export const SPANS = {
  "15m": { words: "Last 15 minutes", milliseconds: HOUR_MS / 4 },
  "1h": { words: "Last hour", milliseconds: HOUR_MS },
  "6h": { words: "Last 6 hours", milliseconds: 6 * HOUR_MS },
  "24h": { words: "Last 24 hours", milliseconds: 24 * HOUR_MS },
  "7d": { words: "Last 7 days", milliseconds: 7 * 24 * HOUR_MS },
  "30d": { words: "Last 30 days", milliseconds: 30 * 24 * HOUR_MS },
} as const;
export type Span = keyof typeof SPANS;
const USUAL: Span = "24h";
/** Where nobody chose: the first of these with an event that is older than the second. */
const TRIED: readonly (readonly [span: Span, older: Span | undefined])[] = [
  ["24h", "6h"],
  ["6h", "1h"],
  ["1h", undefined],
  ["7d", "24h"],
  ["30d", "7d"],
];

export interface RangeSearch {
  readonly range?: Span | undefined;
  /** RFC 3339; both, or neither. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface Range {
  /** Changes when the range does, not as time goes by. */
  readonly key: string;
  readonly words: string;
  /** It ends now, whenever that is. */
  readonly live: boolean;
  /** RFC 3339, as of now. */
  readonly bounds: () => { readonly from: string; readonly to: string };
  readonly span: Span | undefined;
}

export function readRange(search: Record<string, unknown>): RangeSearch {
  const { range, from, to } = search;
  const start = Date.parse(String(from));
  const end = Date.parse(String(to));
  if (start < end) return { from: new Date(start).toISOString(), to: new Date(end).toISOString() };
  return typeof range === "string" && Object.hasOwn(SPANS, range) ? { range: range as Span } : {};
}

export function rangeOf({ range = USUAL, from, to }: RangeSearch): Range {
  if (from !== undefined && to !== undefined)
    return {
      key: `${from}/${to}`,
      words: `${said(Date.parse(from), "short")} to ${said(Date.parse(to), "short")}`,
      live: false,
      bounds: () => ({ from, to }),
      span: undefined,
    };
  const { words, milliseconds } = SPANS[range];
  return {
    key: range,
    words,
    live: true,
    bounds() {
      const now = Date.now();
      return { from: new Date(now - milliseconds).toISOString(), to: new Date(now).toISOString() };
    },
    span: range,
  };
}

export function useRange(): Range {
  // What is no range in the address stays in it, and is none here either.
  const asked = readRange(useSearch({ strict: false }));
  const chosen = asked.range !== undefined || asked.from !== undefined;
  const { data } = useQuery({ ...usualSpan, enabled: !chosen });
  return rangeOf(chosen || data === undefined ? asked : { range: data });
}

/** A server's first hours would be a sliver at the end of a day, and last month's log not be in it. */
const usualSpan = queryOptions({
  queryKey: ["usual span"],
  staleTime: 300_000,
  async queryFn({ signal }): Promise<Span> {
    const now = Date.now();
    const before = (span: Span | undefined) =>
      new Date(now - (span === undefined ? 0 : SPANS[span].milliseconds)).toISOString();
    for (const [span, older] of TRIED) {
      const asked = { query: ANY_EVENT, rows: 1, from: before(span), to: before(older) };
      const { rows } = await api("POST /query", { body: asked, signal });
      if (rows.length > 0) return span;
    }
    return USUAL;
  },
});
const ANY_EVENT = "events | take 1 | project event.id";

/** Goes to another range on the same page. */
export function useSetRange(): (next: RangeSearch) => void {
  const navigate = useNavigate();
  return (next) =>
    void navigate({
      to: ".",
      search: ((before: Record<string, unknown>) => ({
        ...before,
        range: undefined,
        from: undefined,
        to: undefined,
        ...next,
      })) as never,
    });
}
