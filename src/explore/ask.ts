/** One question from the command line: over the API of a running server, or to its data folder while none runs. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ERRORS, type ErrorCode, VedetteError } from "../errors.ts";
import { openEventStore } from "../store/event-store.ts";
import { lockFolder } from "../store/folder-lock.ts";
import { answerQuery, type QueryAnswer } from "../store/sql/query.ts";
import { QueryError, type QueryErrorCode } from "./query/error.ts";

const TIMEOUT_MS = 60_000;

const answerSchema = z.object({
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.enum(["string", "number", "bool", "datetime", "timespan", "json", "list", "map"]),
    }),
  ),
  rows: z.array(z.array(z.unknown())),
  truncated: z.boolean(),
});
const problemSchema = z.object({
  code: z.string(),
  detail: z.string(),
  input: z.string().default(""),
  range: z.object({ start: z.number(), end: z.number() }).optional(),
});

/**
 * Opens the store itself. What waits in the journal for the store is not in the answer.
 * @param now milliseconds since the epoch
 * @throws VedetteError INPUT_NOT_FOUND, DATA_FOLDER_IN_USE, and what the query and the store throw
 */
export async function askFolder(
  folder: string,
  query: string,
  rows: number,
  now: number,
): Promise<QueryAnswer> {
  if (!existsSync(join(folder, "store")))
    throw new VedetteError(
      "INPUT_NOT_FOUND",
      "There is no data of a server here; name --data or --url",
      folder,
    );
  const unlock = lockFolder(folder);
  try {
    const store = await openEventStore({ place: { folder: join(folder, "store") } });
    try {
      return await answerQuery(query, { now, scope: { services: "all" }, rows }, (asked) =>
        store.query(asked),
      );
    } finally {
      await store.close();
    }
  } finally {
    unlock();
  }
}

/** @throws VedetteError SERVER_UNREACHABLE, and what the server answers */
export async function askServer(
  url: string,
  key: string | undefined,
  query: string,
  rows: number,
): Promise<QueryAnswer> {
  let answer: Response;
  let body: unknown;
  try {
    answer = await fetch(new URL("/api/v1/query", url), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({ query, rows }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      // A key must not follow to wherever an answer points.
      redirect: "error",
    });
    body = await answer.json();
  } catch (cause) {
    const reason = cause instanceof Error ? String(cause.cause ?? cause.message) : String(cause);
    throw new VedetteError("SERVER_UNREACHABLE", `No Vedette server answers: ${reason}`, url, { cause });
  }
  if (!answer.ok) throw problemOf(body, url);
  const read = answerSchema.safeParse(body);
  if (!read.success) throw new VedetteError("SERVER_UNREACHABLE", "This is no Vedette server's answer", url);
  return read.data;
}

function problemOf(body: unknown, url: string): VedetteError {
  const read = problemSchema.safeParse(body);
  if (!read.success || !Object.hasOwn(ERRORS, read.data.code))
    return new VedetteError("SERVER_UNREACHABLE", "This is no Vedette server's answer", url);
  const { code, detail, input, range } = read.data;
  if (range !== undefined)
    return Object.assign(new QueryError(code as QueryErrorCode, detail, range), { input });
  return new VedetteError(code as ErrorCode, detail, input);
}
