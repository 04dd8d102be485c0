/** The API as the server declares it: paths, parameters, bodies and answers have their types from its own schemas. */
import type { z } from "zod";
import type { DescribedRoute } from "../../../src/http/api/api.ts";
import type { Problem } from "../../../src/http/problem.ts";

/** By "GET /incidents/{id}". */
type Routes = { [R in DescribedRoute as `${R["method"]} ${R["path"]}`]: R };
type Name = keyof Routes;
type Schema<T> = Extract<T, z.ZodType>;
type Plain = string | number | boolean | undefined | readonly string[];

/** What a route answers with. */
export type Answer<N extends Name> = z.output<Schema<Routes[N]["answer"]>>;
type Body<N extends Name> = z.input<Schema<Routes[N]["body"]>>;
type Params<N extends Name> = keyof z.input<Routes[N]["params"]>;
type Query<N extends Name> = keyof z.input<Routes[N]["query"]>;

type Asked<N extends Name> = (string extends Params<N>
  ? unknown
  : { readonly params: { readonly [K in Params<N>]: string } }) &
  (string extends Query<N> ? unknown : { readonly query?: { readonly [K in Query<N>]?: Plain } }) &
  ([Body<N>] extends [undefined] ? unknown : { readonly body: Body<N> }) & {
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
  };

/** What the server says when it does not do what it was asked: RFC 9457. */
export class ApiProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ApiProblem";
    this.problem = problem;
  }
}

/** Of the session: goes with every change. */
let csrf: string | null = null;
let onSignedOut: () => void = () => {};

export function rememberCsrf(token: string | null): void {
  csrf = token;
}

/** Called when the server no longer knows the session. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** @throws ApiProblem, also when the server cannot be reached */
export async function api<N extends Name>(name: N, asked: Asked<N>): Promise<Answer<N>> {
  const [method = "", path = ""] = name.split(" ", 2);
  const { params, query, body, headers, signal } = asked as {
    params?: Record<string, string>;
    query?: Record<string, Plain>;
    body?: unknown;
    headers?: Record<string, string>;
    signal?: AbortSignal;
  };
  const url = urlOf(path, params, query);
  const answer = await fetch(url, {
    method,
    credentials: "same-origin",
    headers: {
      ...(method === "GET" || csrf === null ? {} : { "x-csrf-token": csrf }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ApiProblem(UNREACHABLE);
  });
  if (!answer.ok) {
    const problem = await problemOf(answer);
    if (problem.code === "UNAUTHENTICATED") onSignedOut();
    throw new ApiProblem(problem);
  }
  if (answer.status === 204) return undefined as Answer<N>;
  return (await answer.json()) as Answer<N>;
}

/** A route's address with its parameters, below /api/v1. */
export function urlOf(
  path: string,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, Plain>> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return `/api/v1${filled}${text === "" ? "" : `?${text}`}`;
}

const UNREACHABLE: Problem = {
  type: "about:blank",
  title: "unreachable",
  status: 0,
  detail: "The server does not answer",
  code: "INTERNAL",
  remedy: "See whether it runs and can be reached from here; this page goes on by itself.",
};

async function problemOf(answer: Response): Promise<Problem> {
  try {
    return (await answer.json()) as Problem;
  } catch {
    return { ...UNREACHABLE, status: answer.status, detail: `The server answered ${answer.status}` };
  }
}
