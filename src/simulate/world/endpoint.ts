/** One operation of the shop: where it lives, what it usually answers, how large and how fast. */
import { hashText } from "../random.ts";
import type { Site } from "./sites.ts";
import type { Trail } from "./trail.ts";

export interface Endpoint {
  readonly id: string;
  readonly site: Site;
  readonly method: string;
  /** As OpenAPI writes it: "/v1/orders/{order}". */
  readonly route: string;
  readonly path: (trail: Trail) => string;
  readonly query: (trail: Trail) => string;
  /** What it answers when all is well. */
  readonly status: number;
  /** What else it answers in ordinary use, each with the cumulative chance of this and all before it. */
  readonly slips: readonly Slip[];
  /** Response bytes: median and spread of a log-normal. */
  readonly size: number;
  readonly sizeSigma: number;
  /** The part of the trail that decides the size: a product page is as large today as it was yesterday. */
  readonly sizeOf: keyof Trail | "self" | undefined;
  /** Milliseconds: median and spread of a log-normal. */
  readonly latency: number;
  readonly latencySigma: number;
  /** Request body bytes, median; 0 for none. */
  readonly sends: number;
  readonly contentType: string;
  readonly hash: number;
}

export interface Slip {
  readonly upTo: number;
  readonly status: number;
}

export interface EndpointTraits {
  readonly status?: number;
  readonly slips?: Readonly<Record<number, number>>;
  readonly size?: number;
  readonly sizeSigma?: number;
  readonly sizeOf?: keyof Trail | "self";
  readonly ms?: number;
  readonly msSigma?: number;
  readonly sends?: number;
  readonly type?: string;
}

/** `define(SHOP_API)("orders.get", "GET /v1/orders/{order}?expand={term}", { size: 2100, ms: 38 })` */
export function define(site: Site, shared: EndpointTraits = {}) {
  return (id: string, operation: string, own: EndpointTraits = {}): Endpoint => {
    const traits = { ...shared, ...own };
    const space = operation.indexOf(" ");
    const [route, query = ""] = operation.slice(space + 1).split("?");
    return {
      id,
      site,
      method: operation.slice(0, space),
      route,
      path: fill(route),
      query: fill(query),
      status: traits.status ?? 200,
      slips: cumulative(traits.slips ?? { 500: 0.0006, 502: 0.0002 }),
      size: traits.size ?? 900,
      sizeSigma: traits.sizeSigma ?? 0.45,
      sizeOf: traits.sizeOf,
      latency: traits.ms ?? 30,
      latencySigma: traits.msSigma ?? 0.5,
      sends: traits.sends ?? 0,
      contentType: traits.type ?? "application/json",
      hash: hashText(id),
    };
  };
}

function cumulative(slips: Readonly<Record<number, number>>): Slip[] {
  let sum = 0;
  return Object.entries(slips).map(([status, chance]) => {
    sum += chance;
    return { status: Number(status), upTo: sum };
  });
}

/** A template as a function of the trail. Most have one parameter or none, so those have a shape of their own. */
function fill(template: string): (trail: Trail) => string {
  const parts = template.split(/\{(\w+)\}/);
  const names = parts.filter((_, i) => i % 2 === 1) as (keyof Trail)[];
  const [head, , tail = ""] = parts;
  if (names.length === 0) return () => template;
  const [name] = names;
  if (names.length === 1) return (trail) => `${head}${trail[name]}${tail}`;
  return (trail) => parts.map((part, i) => (i % 2 === 1 ? trail[part as keyof Trail] : part)).join("");
}
