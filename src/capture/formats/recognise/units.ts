/** What a duration counts: from its name, or from the size of its values. */
import { plainName } from "./leaves.ts";

const NAMED: readonly (readonly [RegExp, string])[] = [
  [/(?:ns|nanos|nanoseconds|nanosecond)$/, "ns"],
  [/(?:(?<!stat)us|micros|microseconds|usec)$/, "us"],
  [/(?:ms|millis|milliseconds|msec)$/, "ms"],
  [/(?:seconds|secs|sec|[^m]s)$/, "s"],
];
/** Names whose libraries are known to count milliseconds: pino-http, morgan, Serilog, lograge, Express. */
const MILLISECONDS = /^(?:responsetime|elapsed|elapsedtime|took|processtime|processingtime)$/;

export interface Unit {
  readonly unit: "ns" | "us" | "ms" | "s";
  readonly reason: string;
}

/** @returns undefined when the values say their unit themselves, as "12ms" does */
export function durationUnit(name: string, values: readonly unknown[]): Unit | undefined {
  const numbers = values.map(Number).filter((value) => Number.isFinite(value));
  if (numbers.length === 0) return undefined;
  const plain = plainName(name);
  // `requestTimeMs` and `latency_ns` say it; `latency`, `status` end in letters that mean nothing.
  const suffix =
    /(?:[_.-]|[a-z](?=[A-Z])|time|duration|latency|elapsed|took)(ns|us|ms|s|sec|secs|seconds|millis|micros|nanos|milliseconds|microseconds|nanoseconds|msec|usec)$/i.exec(
      name,
    )?.[1];
  const named =
    suffix === undefined
      ? undefined
      : NAMED.find(([pattern]) => pattern.test(` ${suffix.toLowerCase()}`))?.[1];
  if (named !== undefined) return { unit: named as Unit["unit"], reason: `its name says ${named}` };
  const sorted = numbers.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const fractional = numbers.some((value) => !Number.isInteger(value));
  if (fractional) {
    if (median < 1 && !MILLISECONDS.test(plain)) return { unit: "s", reason: "fractions below one second" };
    if (/^(?:requesttime|upstreamresponsetime)$/.test(plain) && median < 60)
      return { unit: "s", reason: "nginx counts seconds" };
    return { unit: "ms", reason: "fractions above one" };
  }
  if (median >= 1e6) return { unit: "ns", reason: "whole numbers over a million" };
  if (median >= 5e4) return { unit: "us", reason: "whole numbers over fifty thousand" };
  return { unit: "ms", reason: "small whole numbers" };
}
