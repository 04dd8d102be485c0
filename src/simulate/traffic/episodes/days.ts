/** When things happen: moments of a run by day and hour, UTC. */
import type { Scene } from "../../scene.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** That hour of each day of the run; `weekdays` leaves out Saturday and Sunday. */
export function daily(scene: Scene, hour: number, weekdays = false): number[] {
  const { start, end } = scene.world;
  const moments: number[] = [];
  for (let day = Math.floor(start / DAY) * DAY; day < end; day += DAY) {
    const at = day + hour * HOUR;
    const weekday = new Date(day).getUTCDay();
    if (at < start || at >= end || (weekdays && (weekday === 0 || weekday === 6))) continue;
    moments.push(at);
  }
  return moments;
}

/** That hour once a week or less: on the second day of the run and then every seventh; on the first of a short run. */
export function weekly(scene: Scene, hour: number, offset = 1): number[] {
  const all = daily(scene, hour);
  return all.length <= offset ? all.slice(0, 1) : all.filter((_, i) => i % 7 === offset);
}

/** That hour on one day of each week, if the run is long enough to have it. */
export function inWeek(scene: Scene, hour: number, day: number): number[] {
  const all = daily(scene, hour);
  return all.length < 2 ? [] : all.filter((_, i) => i % 7 === day);
}

/** How many people an episode takes, for a shop of that size. */
export function crowd(scene: Scene, perThousandRequestsADay: number, most: number): number {
  const wanted = scene.world.eventsPerSecond * 86.4 * perThousandRequestsADay;
  return Math.max(2, Math.min(most, Math.round(wanted)));
}
