/** Who is signed in, and what they may do. */
import { type QueryClient, queryOptions, useQuery } from "@tanstack/react-query";
import type { Scope } from "../../../src/http/access/principal.ts";
import type { Session } from "./answers.ts";
import { ApiProblem, api, rememberCsrf, whenSignedOut } from "./client.ts";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: Number.POSITIVE_INFINITY,
  async queryFn(): Promise<Session | null> {
    try {
      const session = await api("GET /session", {});
      rememberCsrf(session.csrf);
      return session;
    } catch (error) {
      if (error instanceof ApiProblem && error.problem.code === "UNAUTHENTICATED") return null;
      throw error;
    }
  },
});

/** A session that ends while the console is open asks for the password in place; the address stays. */
export function watchSession(client: QueryClient): void {
  whenSignedOut(() => {
    if (client.getQueryData(sessionQuery.queryKey)) client.setQueryData(sessionQuery.queryKey, null);
  });
}

export function enter(client: QueryClient, session: Session): void {
  rememberCsrf(session.csrf);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
  client.setQueryData(sessionQuery.queryKey, session);
}

export async function leave(client: QueryClient): Promise<void> {
  await api("DELETE /session", {});
  rememberCsrf(null);
  client.setQueryData(sessionQuery.queryKey, null);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
}

export interface Rights {
  readonly name: string;
  readonly role: Session["role"];
  /** May see what belongs to no one service. */
  readonly seesAll: boolean;
  readonly may: (scope: Scope) => boolean;
}

export function useRights(): Rights {
  const { data } = useQuery(sessionQuery);
  return {
    name: data?.actor.replace(/^user:/, "") ?? "",
    role: data?.role ?? null,
    seesAll: data?.services === null,
    may: (scope) => data?.scopes.includes(scope) === true,
  };
}
