/**
 * What one event may cost. Work is counted in characters read, never in time, so that verdicts do not depend on
 * the machine. A hostile event spends it all and is cut there; a normal one never comes near.
 */
export interface Bounds {
  /** Characters that detectors and decoders may read. */
  readonly characters: number;
  /** Decoded readings over all values. */
  readonly readings: number;
  /** Values that the gate may hand on. */
  readonly values: number;
}

/** 64 KB of hostile text stay under 5 ms with these on the slowest machine measured. */
export const BOUNDS: Bounds = { characters: 280_000, readings: 600, values: 256 };

export interface Budget {
  /** Takes `amount` characters; false when they are not left. */
  spend(amount: number): boolean;
  reading(): boolean;
  value(): boolean;
  /** Something was left out without being counted: the end of a value, what is nested too deep. */
  cut(): void;
  /** Something was left out, because the event had spent all or because it was cut. */
  spent(): boolean;
  reset(): void;
}

export function createBudget(bounds: Bounds): Budget {
  let { characters, readings, values } = bounds;
  let cut = false;
  return {
    spend(amount) {
      characters -= amount;
      return characters >= 0;
    },
    reading() {
      readings -= 1;
      return readings >= 0;
    },
    value() {
      values -= 1;
      return values >= 0;
    },
    cut() {
      cut = true;
    },
    spent: () => cut || characters < 0 || readings < 0 || values < 0,
    reset() {
      cut = false;
      ({ characters, readings, values } = bounds);
    },
  };
}
