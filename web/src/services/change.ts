/** How an endpoint does beside the same hours before: what is worth a word, and nothing else. */
import type { Row } from "../api/answers.ts";
import type { Range } from "../shell/range.ts";

const DAY_MS = 86_400_000;
/** Fewer requests on either side tell nothing of an endpoint. */
const ENOUGH = 50;
const SLOWER = 1.5;
const SLOWER_BY_MS = 20;
const FAILS_MORE = 2;
const FAILS_MORE_BY = 0.01;

export interface Change {
  /** There were none of its requests before, but of others. */
  readonly isNew: boolean;
  /** 95th percentile before, in milliseconds, where it is much longer now. */
  readonly p95: number | undefined;
  /** Share that failed before, where it is much larger now. */
  readonly failed: number | undefined;
}

/** As many whole days earlier as the range is long: of the same hours, and of the same weekdays where it is a week. */
export function rangeBefore(range: Range): Range {
  return {
    ...range,
    key: `before ${range.key}`,
    bounds() {
      const { from, to } = range.bounds();
      const days = Math.ceil((Date.parse(to) - Date.parse(from)) / DAY_MS);
      const earlier = (time: string) => new Date(Date.parse(time) - days * DAY_MS).toISOString();
      return { from: earlier(from), to: earlier(to) };
    },
  };
}

/**
 * @param before the same endpoint then
 * @param known something is known of then
 */
export function changeOf(now: Row, before: Row | undefined, known: boolean): Change {
  const isNew = known && before === undefined;
  if (before === undefined || Number(now.n) < ENOUGH || Number(before.n) < ENOUGH)
    return { isNew, p95: undefined, failed: undefined };
  const [p95, p95Before] = [Number(now.p95), Number(before.p95)];
  const failed = Number(now.errors) / Number(now.n);
  const failedBefore = Number(before.errors) / Number(before.n);
  return {
    isNew,
    p95: p95 > SLOWER * p95Before && p95 - p95Before > SLOWER_BY_MS ? p95Before : undefined,
    failed:
      failed > FAILS_MORE * failedBefore && failed - failedBefore > FAILS_MORE_BY ? failedBefore : undefined,
  };
}
