/**
 * A log format written as text with holes, made into a parser: no `eval`, no regular expression, one pass.
 *
 * The pass takes the first place where the text after a hole stands. When a value then turns out wrong (a raw
 * quote inside a quoted request, which attackers send and some loggers do not escape), a second, bounded pass
 * looks for the closing quote that lets the rest of the line match.
 */
import { type ApiEvent, type EventField, emptyEvent } from "../../../event.ts";
import type { FormatOptions, LineParser, LineResult } from "../../format.ts";
import { clearEvent } from "../clear-event.ts";
import type { Escaping } from "../fields/escapes.ts";

/**
 * Puts `line[start..end)` into the event.
 * @param escaped the line holds an escape sign, so that text values may need unescaping
 * @returns false when the text cannot be such a value
 */
export type Capture = (
  event: ApiEvent,
  line: string,
  start: number,
  end: number,
  escaped: boolean,
) => boolean;

/** Where a value that may itself hold the text after it ends; negative when it does not. */
export type Measure = (line: string, start: number, after: string) => number;

/** What a hole stands for. */
export interface Variable {
  readonly fields: readonly EventField[];
  open(options: FormatOptions, escaping: Escaping): Capture;
  readonly measure?: Measure;
  /** The value may hold spaces even when it stands without quotes. */
  readonly free?: boolean;
  /** A raw quote in a quoted value is likely: requests are what attackers write. */
  readonly holdsQuotes?: boolean;
  /** A line that stops right after this value is still whole (the common log format is combined cut after the bytes). */
  readonly mayEnd?: boolean;
}

export type Template = readonly (string | Variable)[];

interface Step {
  readonly set: Capture;
  readonly measure: Measure | undefined;
  /** The text after the value; empty at the end of the line. */
  readonly after: string;
  readonly quoted: boolean;
  readonly retry: boolean;
  readonly holdsQuotes: boolean;
  readonly mayEnd: boolean;
}

/** Values tried in the second pass, over all holes of one line. */
const MOST_TRIES = 32;
const QUOTE = 34;
const BACKSLASH = 92;

export function templateFields(template: Template): readonly EventField[] {
  return [...new Set(template.flatMap((part) => (typeof part === "string" ? [] : part.fields)))];
}

export function openTemplate(template: Template, escaping: Escaping, options: FormatOptions): LineParser {
  const lead = typeof template[0] === "string" ? template[0] : "";
  const steps = stepsOf(template, escaping, options);
  const sign = escaping === "haproxy" ? "#" : "\\";

  function parse(text: string, event: ApiEvent): LineResult {
    const last = text.charCodeAt(text.length - 1);
    const line = last === 13 || last === 32 ? text.trimEnd() : text;
    if (line.length === 0) return "ignored";
    if (!line.startsWith(lead)) return "failed";
    const escaped = escaping !== "none" && line.includes(sign);
    if (firstPass(steps, line, lead.length, escaped, event)) return "event";
    return secondPass(steps, line, lead.length, escaped, event) ? "event" : "failed";
  }
  return { parse };
}

function stepsOf(template: Template, escaping: Escaping, options: FormatOptions): readonly Step[] {
  const steps: Step[] = [];
  let before = "";
  template.forEach((part, i) => {
    if (typeof part === "string") {
      before = part;
      return;
    }
    const next = template[i + 1];
    const after = typeof next === "string" ? next : "";
    const quoted = before.endsWith('"') && after.startsWith('"');
    steps.push({
      set: part.open(options, escaping),
      measure: quoted ? undefined : part.measure,
      after,
      quoted,
      retry: quoted || part.free === true,
      holdsQuotes: part.holdsQuotes === true,
      mayEnd: part.mayEnd === true,
    });
    before = "";
  });
  return steps;
}

function firstPass(
  steps: readonly Step[],
  line: string,
  from: number,
  escaped: boolean,
  event: ApiEvent,
): boolean {
  let at = from;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i];
    if (step === undefined) return false;
    const end = endOf(step, line, at, escaped);
    if (end < 0) {
      const cut = cutEnd(step, line, at);
      return cut >= 0 && step.set(event, line, at, cut, escaped);
    }
    if (!step.set(event, line, at, end, escaped)) return false;
    at = end + step.after.length;
    if (at === line.length) return i === steps.length - 1 || step.mayEnd;
  }
  return at === line.length;
}

/** Where the value that begins at `at` ends, at its earliest. */
function endOf(step: Step, line: string, at: number, escaped: boolean): number {
  const { after } = step;
  if (after === "")
    return step.retry || step.measure !== undefined || !line.includes(" ", at) ? line.length : -1;
  if (step.measure !== undefined) return step.measure(line, at, after);
  let end = line.indexOf(after, at);
  if (escaped && step.quoted) {
    while (end > at && isEscaped(line, end, at)) end = line.indexOf(after, end + 1);
  }
  return end;
}

/** The end of a value after which the line stops where more was expected; -1 when it must not, or does not. */
function cutEnd(step: Step, line: string, at: number): number {
  if (!step.mayEnd) return -1;
  if (!step.quoted) return line.includes(" ", at) ? -1 : line.length;
  const closed = line.length > at && line.charCodeAt(line.length - 1) === QUOTE;
  return closed && line.indexOf('"', at) === line.length - 1 ? line.length - 1 : -1;
}

/** True when the quote at `at` has an odd number of backslashes before it. */
function isEscaped(line: string, at: number, from: number): boolean {
  let count = 0;
  while (at - count > from && line.charCodeAt(at - count - 1) === BACKSLASH) count++;
  return count % 2 === 1;
}

/** Where the second pass tries values out without touching the event. */
const scratch = emptyEvent();

function secondPass(
  steps: readonly Step[],
  line: string,
  from: number,
  escaped: boolean,
  event: ApiEvent,
): boolean {
  const spans: (readonly [number, number])[] = [];
  let tries = MOST_TRIES;

  function matches(i: number, at: number): boolean {
    const step = steps[i];
    if (step === undefined) return at === line.length;
    for (let end = endOf(step, line, at, escaped); ; end = line.indexOf(step.after, end + 1)) {
      if (end < 0) end = cutEnd(step, line, at);
      if (end < 0 || --tries < 0) return false;
      const next = end + step.after.length;
      const fits = isPlain(step, line, at, end) && step.set(scratch, line, at, end, escaped);
      const whole = next >= line.length && (step.mayEnd || i === steps.length - 1);
      if (fits && (whole || matches(i + 1, next))) {
        spans[i] = [at, end];
        return true;
      }
      if (!step.retry || whole || step.after === "") return false;
    }
  }

  if (!matches(0, from)) return false;
  clearEvent(event);
  clearEvent(scratch);
  return spans.every(([start, end], i) => steps[i]?.set(event, line, start, end, escaped) ?? false);
}

/** A value with a quote and a space inside is several values of a longer format, not one. */
function isPlain(step: Step, line: string, start: number, end: number): boolean {
  if (!step.quoted || step.holdsQuotes) return true;
  const inner = line.indexOf('" ', start);
  return inner < 0 || inner >= end;
}
