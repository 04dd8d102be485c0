/**
 * How busy the shop is: hours of the day where the customer lives, days of the week, and a slow random swell.
 * The hourly shape (quiet at four, a lunch bump, a peak in the evening) is the usual one of retail.
 */
import type { Rng } from "../random.ts";
import { COUNTRIES } from "./countries.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const HOURS = [
  0.42, 0.24, 0.15, 0.11, 0.1, 0.14, 0.3, 0.56, 0.83, 1.0, 1.11, 1.16, 1.24, 1.2, 1.12, 1.1, 1.13, 1.22, 1.36,
  1.55, 1.72, 1.68, 1.3, 0.8,
] as const;

/** Sunday first. */
const WEEKDAYS = [1.14, 1.04, 1.0, 0.97, 0.98, 0.93, 0.94] as const;

/** Relative activity of one country at a time, about 1 on average. */
export function activity(time: number, utcOffset: number): number {
  const local = time + utcOffset * HOUR;
  const hour = (local % DAY) / HOUR;
  const whole = Math.floor(hour);
  const part = hour - whole;
  const shape = HOURS[whole] * (1 - part) + HOURS[(whole + 1) % 24] * part;
  return shape * WEEKDAYS[new Date(local).getUTCDay()];
}

/** Hour of the day where someone lives, 0 to 24. */
export function localHour(time: number, utcOffset: number): number {
  return ((time + utcOffset * HOUR) % DAY) / HOUR;
}

export interface Season {
  /** Expected share of the run's traffic in the minute that starts at `time`. */
  share(time: number): number;
  /** Expected share of the run's traffic from `time` to its end. */
  remaining(time: number): number;
  /** The country of someone who comes at that time. */
  country(time: number, draw: number): number;
}

/** The seasons of one run, minute by minute. The swell is an AR(1) of hours, so no two Mondays are alike. */
export function createSeason(start: number, end: number, rng: Rng): Season {
  const minutes = Math.max(1, Math.ceil((end - start) / MINUTE));
  const weight = new Float64Array(minutes);
  let swell = 0;
  let total = 0;
  for (let m = 0; m < minutes; m++) {
    if (m % 10 === 0) swell = swell * 0.97 + rng.normal() * 0.022;
    weight[m] = worldActivity(start + m * MINUTE) * Math.exp(swell);
    total += weight[m];
  }
  const left = new Float64Array(minutes + 1);
  for (let m = minutes - 1; m >= 0; m--) left[m] = left[m + 1] + weight[m] / total;
  const index = (time: number) => Math.min(minutes - 1, Math.max(0, Math.floor((time - start) / MINUTE)));

  return {
    share: (time) => weight[index(time)] / total,
    remaining: (time) => left[index(time)],
    country: (time, draw) => {
      let rest = draw * worldActivity(time);
      for (let c = 0; c < COUNTRIES.length; c++) {
        rest -= COUNTRIES[c].share * activity(time, COUNTRIES[c].utcOffset);
        if (rest < 0) return c;
      }
      return 0;
    },
  };
}

function worldActivity(time: number): number {
  let sum = 0;
  for (const country of COUNTRIES) sum += country.share * activity(time, country.utcOffset);
  return sum;
}
