/** What could not be read, in the words of the error catalogue. */
import type { Input } from "../capture/files/discover.ts";
import { VedetteError } from "../errors.ts";
import type { Problem } from "../report/model.ts";

export function asError(cause: unknown, input: Input): VedetteError {
  if (cause instanceof VedetteError) return cause;
  return new VedetteError("INTERNAL", cause instanceof Error ? cause.message : String(cause), input.name, {
    cause,
  });
}

export function problemOf(error: VedetteError): Problem {
  return { code: error.code, input: error.input, message: error.message, remedy: error.remedy };
}
