/** A route as one declaration: who may, what goes in, what comes out. OpenAPI, checks and tests read the same. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { ErrorCode } from "../../errors.ts";
import type { Need, Principal } from "../access/principal.ts";
import type { View } from "../access/view.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Call<P, Q, B> {
  readonly principal: Principal;
  /** What the principal sees of services' data. */
  readonly view: View;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Whether who began this may still have it: for answers that go on. */
  readonly stillAllowed: () => Promise<boolean>;
  readonly request: FastifyRequest;
  /** For headers, and for answers that are streams. */
  readonly reply: FastifyReply;
}

interface Declaration<P, Q, B> {
  readonly method: Method;
  /** Below /api/v1, "/events/{id}". */
  readonly path: string;
  /** Group in the documentation. */
  readonly tag: string;
  readonly summary: string;
  readonly need: Need;
  /** Shows what belongs to no one service: only for those who may see all. */
  readonly whole?: true;
  /** Action in the audit log; null for what is neither a change nor a person's data. */
  readonly audit: string | null;
  /** What the audit entry is about, when it is not the path's parameters. */
  readonly object?: (call: { readonly params: P; readonly query: Q; readonly body: B }) => string;
  /** Of success; 200 unless said, 204 when there is no answer. */
  readonly status?: number;
  /** Media type of an answer that is no JSON. */
  readonly streams?: string;
  /** What can go wrong besides what goes wrong everywhere. */
  readonly problems?: readonly ErrorCode[];
}

export interface Route extends Declaration<unknown, unknown, unknown> {
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType | undefined;
  readonly answer: z.ZodType | undefined;
  readonly handle: (call: Call<unknown, unknown, unknown>) => Promise<unknown>;
}

const NOTHING = z.strictObject({});
type Nothing = typeof NOTHING;

/** A route whose types are known: what a client sends and gets is read from these. */
export interface TypedRoute<
  M extends Method,
  T extends string,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
> extends Route {
  readonly method: M;
  readonly path: T;
  readonly params: P;
  readonly query: Q;
  readonly body: B | undefined;
  readonly answer: A | undefined;
}

/** Ties the handler's types to the schemas; inside the table of routes they are all alike. */
export function route<
  const M extends Method,
  const T extends string,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = z.ZodUndefined,
  A extends z.ZodType = z.ZodUndefined,
>(
  spec: Declaration<z.output<P>, z.output<Q>, z.output<B>> & {
    readonly method: M;
    readonly path: T;
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    readonly answer?: A;
    readonly handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<A>>;
  },
): TypedRoute<M, T, P, Q, B, A> {
  const { params, query, body, answer } = spec;
  const whole = { params: params ?? NOTHING, query: query ?? NOTHING, body, answer };
  // The schemas parse what the handler is called with: its parameter types are what they give.
  return { ...spec, ...whole } as unknown as TypedRoute<M, T, P, Q, B, A>;
}
