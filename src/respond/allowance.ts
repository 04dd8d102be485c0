/** How many notices a route takes within any hour, through restarts: a storm of incidents is not one of alerts. */
import type { Outbox } from "../store/records/outbox.ts";

export interface Allowance {
  /** When the next one may go out; undefined is now. Milliseconds since the epoch. */
  heldUntil(now: number): Promise<number | undefined>;
  /** One has gone out. */
  take(now: number): void;
}

const HOUR_MS = 3_600_000;

export function createAllowance(
  outbox: Pick<Outbox, "sentTimes">,
  route: string,
  mostPerHour: number,
): Allowance {
  /** When the last ones went out, in order: no more than may within an hour. */
  let times: number[] | undefined;

  return {
    async heldUntil(now) {
      times ??= [...(await outbox.sentTimes(route, now - HOUR_MS, mostPerHour))];
      while (times[0] !== undefined && times[0] <= now - HOUR_MS) times.shift();
      return times.length < mostPerHour ? undefined : (times[0] ?? now) + HOUR_MS;
    },
    take(now) {
      times?.push(now);
    },
  };
}
