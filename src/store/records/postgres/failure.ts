/** What PostgreSQL and the way to it can fail with, in the words of the catalogue. */
import pg from "pg";
import { VedetteError } from "../../../errors.ts";

export interface Failure {
  readonly error: Error;
  /** Nobody answers on this connection any more, or nobody lets us in. */
  readonly gone: boolean;
}

/**
 * Classes of SQLSTATE (PostgreSQL, appendix A) that say how the server is and not what was asked: connection, sign-in,
 * no such database, resources, operator, system.
 */
const SERVER_STATES = /^(?:08|28|3D|53|57|58)|^(?:25006|42501|55P03)$/;
/** Of these, what ends one statement and leaves the connection as it is: no room, a time-out, a failing disk. */
const STATEMENT_STATES = /^(?:25006|42501|55P03|57014|53100|53200|58...)$/;

/** @param place without a password. Nothing of a row is told: what a row holds may be a secret. */
export function failureOf(cause: unknown, place: string): Failure {
  if (cause instanceof VedetteError) return { error: cause, gone: true };
  if (!(cause instanceof pg.DatabaseError) || cause.code === undefined)
    return { error: unavailable(place, wordsOf(cause)), gone: true };
  const { code, message } = cause;
  if (!SERVER_STATES.test(code))
    return { error: new Error(`PostgreSQL refused a statement: ${message} (${code})`), gone: false };
  return { error: unavailable(place, `${message} (${code})`), gone: !STATEMENT_STATES.test(code) };
}

function unavailable(place: string, reason: string): VedetteError {
  return new VedetteError("RECORDS_UNAVAILABLE", `The records in ${place} cannot be used: ${reason}`, place);
}

/** Of several addresses that were tried, the error has a code and no words. */
function wordsOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.message !== "") return cause.message;
  return "code" in cause ? String(cause.code) : cause.name;
}
