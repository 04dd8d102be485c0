/** One simulated request, and the client that makes it. */
import { type ApiEvent, emptyEvent } from "../event.ts";
import type { Rng } from "./random.ts";
import type { Person } from "./world/people.ts";

/** One object for the whole run, filled anew for each request: copy what must outlive the iteration. */
export interface SimulatedRequest {
  readonly event: ApiEvent;
  /** The Referer header; empty for none. Also among the request headers when the detail is "full". */
  referer: string;
  /** OpenAPI-style route of the operation, for labels; the event's own `http.route` stays empty, as in access logs. */
  route: string;
  responseType: string;
  /** Id of the attack or benign episode that this request is part of; empty for ordinary traffic. */
  label: string;
}

export function emptyRequest(): SimulatedRequest {
  return { event: emptyEvent(), referer: "", route: "", responseType: "", label: "" };
}

/** One client: an address, a program, and who is signed in. */
export interface Visitor {
  address: string;
  userAgent: string;
  /** HTTP version. */
  protocol: string;
  language: string;
  referer: string;
  user: string | undefined;
  session: string | undefined;
  /** The Authorization header, as the rich formats carry it. */
  authorization: string | undefined;
  /** Whose account it is, where there is one. */
  person: Person | undefined;
  readonly rng: Rng;
}

export function newVisitor(rng: Rng, address: string, userAgent: string, language = ""): Visitor {
  return {
    address,
    userAgent,
    protocol: rng.chance(0.93) ? "2" : "1.1",
    language,
    referer: "",
    user: undefined,
    session: undefined,
    authorization: undefined,
    person: undefined,
    rng,
  };
}
