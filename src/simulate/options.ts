/** What a run is made of. */
import { VedetteError } from "../errors.ts";

export interface SimulateOptions {
  /** Same seed and options, same requests. */
  readonly seed?: number;
  readonly days?: number;
  /** Ordinary requests over the whole run, kept within 2 %; attacks come on top, so that they change nothing else. */
  readonly events?: number;
  /** Milliseconds since the epoch. */
  readonly start?: number;
  /** Customers; more than usual make visitors rarer guests. */
  readonly users?: number;
  /** At least this many distinct client addresses. */
  readonly addresses?: number;
  /** At least this many distinct paths. */
  readonly paths?: number;
  /** "default", "none", "all", or names as `--attacks` takes them. */
  readonly attacks?: string;
  /** The single probes that any public server meets. */
  readonly noise?: boolean;
  /** "full" adds headers, bodies and trace ids: what rich formats carry. */
  readonly detail?: "line" | "full";
}

/** Monday 2026-03-02T00:00:00Z. */
const DEFAULT_START = 1_772_409_600_000;

export interface Settings {
  readonly seed: number;
  readonly days: number;
  readonly events: number;
  readonly start: number;
  readonly users: number;
  readonly addresses: number;
  readonly paths: number;
  readonly attacks: string;
  readonly noise: boolean;
  readonly full: boolean;
}

/** Fills in what was left out and refuses what cannot be. */
export function settle(options: SimulateOptions): Settings {
  const events = inRange("--events", options.events ?? 400_000, 1, 1e10);
  const addresses = inRange("--addresses", options.addresses ?? 0, 0, 1e8);
  const paths = inRange("--paths", options.paths ?? 0, 0, 1e8);
  if (Math.max(addresses, paths) > events / 2) {
    throw new VedetteError(
      "USAGE",
      `--addresses and --paths need at least twice as many --events (${events} are not enough for ${Math.max(addresses, paths)})`,
    );
  }
  return {
    seed: inRange("--seed", options.seed ?? 1, 0, 0xffffffff),
    days: positive("--days", options.days ?? 3, 400),
    events,
    start: options.start ?? DEFAULT_START,
    users: inRange("--users", options.users ?? usualUsers(events), 10, 1e7),
    addresses,
    paths,
    attacks: options.attacks ?? "default",
    noise: options.noise ?? false,
    full: (options.detail ?? "full") === "full",
  };
}

/** A shop's customers come now and then: one in a few visits the shop in a day. */
function usualUsers(events: number): number {
  return Math.min(400_000, Math.max(800, Math.round(events / 16)));
}

function inRange(option: string, value: number, low: number, high: number): number {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new VedetteError("USAGE", `${option} takes a whole number from ${low} to ${high}`, String(value));
}

function positive(option: string, value: number, high: number): number {
  if (Number.isFinite(value) && value > 0 && value <= high) return value;
  throw new VedetteError("USAGE", `${option} takes a number above 0, up to ${high}`, String(value));
}
