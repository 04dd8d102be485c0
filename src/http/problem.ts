/** Errors as RFC 9457 problem details, from the one catalogue. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ERRORS, type ErrorCode, VedetteError } from "../errors.ts";

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  /** What to do about it. */
  readonly remedy: string;
  /** The field, file or part of the request that it is about. */
  readonly input?: string;
  /** Of a query: where in its text. */
  readonly range?: unknown;
}

/** Seconds after which a request that was turned away may come again. */
const RETRY_AFTER = 1;
const RETRIED: ReadonlySet<number> = new Set([429, 503]);

export function problemOf(error: VedetteError): Problem {
  const { code, message, input } = error;
  const range = "range" in error ? { range: error.range } : {};
  return {
    type: `urn:vedette:error:${code.toLowerCase()}`,
    title: code.toLowerCase().replaceAll("_", " "),
    status: ERRORS[code].http,
    detail: message,
    code,
    remedy: ERRORS[code].remedy,
    ...(input === "" ? {} : { input }),
    ...range,
  };
}

export function sendProblem(reply: FastifyReply, error: VedetteError): FastifyReply {
  const problem = problemOf(error);
  if (RETRIED.has(problem.status)) {
    const wait = "retryAfter" in error ? Number(error.retryAfter) : RETRY_AFTER;
    void reply.header("retry-after", String(wait));
  }
  if (problem.status === 401) void reply.header("www-authenticate", 'Bearer realm="vedette"');
  // As bytes: a response schema of the route must not leave fields out.
  return reply
    .code(problem.status)
    .type("application/problem+json")
    .send(Buffer.from(JSON.stringify(problem)));
}

/** Every error of every route leaves through here. @param log gets what is nobody's fault but ours */
export function installProblems(
  app: FastifyInstance,
  log: (error: unknown, request: FastifyRequest) => void,
): void {
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, new VedetteError("NOT_FOUND", `There is no ${request.method} ${pathOf(request)}`)),
  );
  app.setErrorHandler((error, request, reply) => {
    const known = asKnown(error);
    if (known.code === "INTERNAL") log(error, request);
    return sendProblem(reply, known);
  });
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1)[0]?.slice(0, 200) ?? "";
}

/** Of SQLite: the disk under the records is full, read-only or failing. */
const DISK_FAILS = /^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN|BUSY)/;

/** An error as the catalogue has it. */
export function asKnown(error: unknown): VedetteError {
  if (error instanceof VedetteError) return error;
  if (error instanceof Error && "code" in error && DISK_FAILS.test(String(error.code)))
    return new VedetteError("RECORDS_UNAVAILABLE", "The records cannot be written: the disk takes nothing");
  const { statusCode = 500, message = "" } = error as { statusCode?: number; message?: string };
  if (statusCode === 413) return new VedetteError("PAYLOAD_TOO_LARGE", message);
  if (statusCode === 415) return new VedetteError("MEDIA_TYPE_UNKNOWN", message);
  if (statusCode === 429) return new VedetteError("TOO_MANY_REQUESTS", message);
  if (statusCode >= 400 && statusCode < 500) return new VedetteError("REQUEST_INVALID", message);
  // What broke inside is for the log; the client learns that it did.
  return new VedetteError("INTERNAL", "The request could not be answered");
}
