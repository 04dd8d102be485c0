/** Kinds of values, from which the variables of every log format language are made: text, counts, durations, lists. */
import type { ApiEvent, EventField } from "../../../event.ts";
import { tidy } from "../fields/duration.ts";
import { unescapeText } from "../fields/escapes.ts";
import { readDecimal, readDigits } from "../fields/number.ts";
import type { Measure, Variable } from "./template.ts";

/** Longer values are of no known shape. */
const LONGEST_SHAPED = 256;

/** "-" or nothing: how logs say that there was no value. */
export function isAbsent(line: string, start: number, end: number): boolean {
  return end <= start || (end === start + 1 && line.charCodeAt(start) === 45);
}

/** A value that is text, unescaped, set when it is there. */
export function text(
  fields: readonly EventField[],
  set: (event: ApiEvent, value: string) => void,
  more: Partial<Variable> = {},
): Variable {
  return {
    fields,
    open: (_options, escaping) => (event, line, start, end, escaped) => {
      if (isAbsent(line, start, end)) return true;
      const value = line.slice(start, end);
      set(event, escaped ? unescapeText(value, escaping) : value);
      return true;
    },
    ...more,
  };
}

/** A value that is a number of something. */
export function amount(
  field: "http.request.body.size" | "http.response.body.size" | "server.port",
  more: Partial<Variable> = {},
): Variable {
  return {
    fields: [field],
    open: () => (event, line, start, end) => {
      if (isAbsent(line, start, end)) return true;
      const value = readDigits(line, start, end);
      if (Number.isNaN(value)) return false;
      event[field] = value;
      return true;
    },
    ...more,
  };
}

export function duration(unitMs: number): Variable {
  return {
    fields: ["duration_ms"],
    open: () => (event, line, start, end) => {
      if (isAbsent(line, start, end)) return true;
      const value = readDecimal(line, start, end);
      if (!Number.isNaN(value)) event.duration_ms = tidy(value * unitMs);
      else if (line.charCodeAt(start) !== 45) return false;
      return true;
    },
  };
}

/** Lists are written "a, b" and, by nginx between server groups, "a : b". */
export const listEnd: Measure = (line, start, after) => {
  let end = line.indexOf(after, start);
  if (after.charCodeAt(0) !== 32) return end;
  while (end > 0 && (/[,:]/.test(line.charAt(end - 1)) || line.startsWith(" : ", end))) {
    end = line.indexOf(after, end + 1);
  }
  return end;
};

/** Ends after as many spaces as the value always has. */
export function spacedEnd(spaces: number): Measure {
  return (line, start, after) => {
    if (after.charCodeAt(0) !== 32) return line.indexOf(after, start);
    let end = start - 1;
    for (let i = 0; i <= spaces; i++) {
      end = line.indexOf(i === spaces ? after : " ", end + 1);
      if (end < 0) return -1;
    }
    return end;
  };
}

/** The variable, for values of this shape only. */
export function only(variable: Variable, pattern: RegExp): Variable {
  return {
    ...variable,
    open(options, escaping) {
      const set = variable.open(options, escaping);
      return (event, line, start, end, escaped) =>
        end - start <= LONGEST_SHAPED &&
        pattern.test(line.slice(start, end)) &&
        set(event, line, start, end, escaped);
    },
  };
}

/** A value that says nothing about the request. */
export const skip: Variable = { fields: [], open: () => () => true };

/** A value that must look like `pattern` and says nothing about the request. */
export function shaped(pattern: RegExp): Variable {
  return only(skip, pattern);
}
