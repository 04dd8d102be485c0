/**
 * Whether a service's log tells a stretch of time twice. Late lines go back as well, but lines of the present stand
 * between them, or the present comes back with a jump; a clock that was set back goes on from there, line by line, until
 * it is where it had been.
 */
export interface ServiceClock {
  /** Event times, milliseconds. */
  first: number;
  newest: number;
  run: Run | undefined;
}

/** Lines in order, behind the newest. */
export interface Run {
  /** The newest time before it, and its own first. */
  readonly from: number;
  readonly begin: number;
  last: number;
  events: number;
}

/** Lines of one writer are in order to within this. */
const DISORDER_MS = 60_000;

export function createServiceClock(time: number): ServiceClock {
  return { first: time, newest: time, run: undefined };
}

/**
 * @param time event time, milliseconds
 * @param stepMs going back by less is disorder
 * @returns the run that has just reached the time from which it went back
 */
export function passTime(clock: ServiceClock, time: number, stepMs: number): Run | undefined {
  const { run } = clock;
  if (run === undefined) {
    if (time >= clock.newest) clock.newest = time;
    else if (clock.newest - time >= stepMs && time >= clock.first) startRun(clock, time);
    return undefined;
  }
  const goesOn = time >= run.last - DISORDER_MS && time - run.last < stepMs;
  if (!goesOn) {
    clock.run = undefined;
    if (time >= clock.newest) clock.newest = time;
    else if (clock.newest - time >= stepMs && time >= clock.first) startRun(clock, time);
    return undefined;
  }
  run.last = Math.max(run.last, time);
  run.events++;
  if (run.last < run.from) return undefined;
  clock.newest = run.last;
  clock.run = undefined;
  return run;
}

function startRun(clock: ServiceClock, time: number): void {
  clock.run = { from: clock.newest, begin: time, last: time, events: 1 };
}
