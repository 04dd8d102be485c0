/** Numbers, times and spans as people read them. Times are UTC. */

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/g, ",");
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** "2 Mar 2026 14:02". */
export function dateTime(time: number): string {
  return `${date(time)} ${clock(time)}`;
}

export function date(time: number): string {
  const at = new Date(time);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

export function clock(time: number): string {
  return new Date(time).toISOString().slice(11, 16);
}

/** "2 Mar 2026 14:02 to 14:31", naming the day once when it is the same. */
export function span(from: number, to: number): string {
  if (date(from) === date(to))
    return clock(from) === clock(to) ? dateTime(from) : `${dateTime(from)} to ${clock(to)}`;
  return `${dateTime(from)} to ${dateTime(to)}`;
}

/** "3 days", "45 minutes", "20 seconds". */
export function duration(milliseconds: number): string {
  const units: readonly [number, string][] = [
    [86_400_000, "day"],
    [3_600_000, "hour"],
    [60_000, "minute"],
    [1000, "second"],
  ];
  for (const [size, unit] of units) {
    if (milliseconds >= size * 1.5 || (size === 1000 && milliseconds >= 1000)) {
      return plural(Math.round(milliseconds / size), unit);
    }
  }
  return "under a second";
}
