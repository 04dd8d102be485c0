/** A running server, asked from the command line: which one, with which key, and what it answers. */
import { z } from "zod";
import { ERRORS, type ErrorCode, VedetteError } from "../errors.ts";
import { readFolderAddress } from "../store/folder-address.ts";
import { QueryError, type QueryErrorCode } from "./query/error.ts";

export interface ServerAddress {
  readonly url: string;
  readonly key: string | undefined;
}

/** What the command line and the environment say. */
export interface ServerWish {
  readonly url: string | undefined;
  readonly key: string | undefined;
  /** The data folder, if one was named. */
  readonly data: string | undefined;
}

export const DEFAULT_DATA = "./vedette-data";
const DEFAULT_URL = "http://127.0.0.1:4800";
const TIMEOUT_MS = 60_000;

const problemSchema = z.object({
  code: z.string(),
  detail: z.string(),
  input: z.string().default(""),
  range: z.object({ start: z.number(), end: z.number() }).optional(),
});

/** The server that was named, or the one that has the data folder; its own key opens it where no other is given. */
export function serverAddress({ url, key, data }: ServerWish): ServerAddress {
  const local = readFolderAddress(data ?? DEFAULT_DATA);
  if (local === undefined) return { url: url ?? DEFAULT_URL, key };
  // The folder's key is for the folder's server alone.
  const same = url === undefined || (URL.canParse(url) && new URL(url).origin === new URL(local.url).origin);
  return { url: url ?? local.url, key: key ?? (same ? local.key : undefined) };
}

/**
 * @param path below /api/v1
 * @returns the JSON it answers; undefined when it answers without
 * @throws VedetteError SERVER_UNREACHABLE, and what the server answers
 */
export async function callServer(
  { url, key }: ServerAddress,
  method: "GET" | "POST" | "DELETE",
  path: string,
  asked?: unknown,
  timeoutMs = TIMEOUT_MS,
): Promise<unknown> {
  let answer: Response;
  let body: unknown;
  try {
    answer = await fetch(new URL(`/api/v1${path}`, url), {
      method,
      headers: {
        ...(asked === undefined ? {} : { "content-type": "application/json" }),
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      ...(asked === undefined ? {} : { body: JSON.stringify(asked) }),
      signal: AbortSignal.timeout(timeoutMs),
      // A key must not follow to wherever an answer points.
      redirect: "error",
    });
    body = answer.status === 204 ? undefined : await answer.json();
  } catch (cause) {
    const reason = cause instanceof Error ? String(cause.cause ?? cause.message) : String(cause);
    throw new VedetteError("SERVER_UNREACHABLE", `No Vedette server answers: ${reason}`, url, { cause });
  }
  if (!answer.ok) throw problemOf(body, url);
  return body;
}

/** What answers is something else. */
export function notVedette(url: string): VedetteError {
  return new VedetteError("SERVER_UNREACHABLE", "This is no Vedette server's answer", url);
}

function problemOf(body: unknown, url: string): VedetteError {
  const read = problemSchema.safeParse(body);
  if (!read.success || !Object.hasOwn(ERRORS, read.data.code)) return notVedette(url);
  const { code, detail, input, range } = read.data;
  if (range !== undefined)
    return Object.assign(new QueryError(code as QueryErrorCode, detail, range), { input });
  return new VedetteError(code as ErrorCode, detail, input);
}
