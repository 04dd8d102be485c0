/** Where the shop takes input: each makes the request that carries a payload there. */
import type { Json } from "../../event.ts";
import type { Rng } from "../random.ts";
import { AUTH, SHOP_API, STOREFRONT } from "../world/sites.ts";
import type { Knock } from "./knock.ts";

interface Carried extends Omit<Knock, "status"> {
  readonly size: number;
  readonly ms: number;
  readonly userAgent?: string;
  readonly referer?: string;
  readonly body?: Json;
  /** What it answers to something that does not work. */
  readonly failure: (rng: Rng) => number;
}

export type Point = (payload: string, encode: (value: string) => string) => Carried;

const mostly = (usual: number, others: readonly number[]) => (rng: Rng) =>
  rng.chance(0.75) ? usual : rng.pick(others);

/** No server takes a header with a line break in it. */
const oneLine = (value: string) => value.replace(/[\r\n]+/g, " ");

export const INJECTION_POINTS = {
  search: (payload, encode) => ({
    site: SHOP_API,
    path: "/v1/search",
    query: `q=${encode(payload)}&page=1`,
    size: 480,
    ms: 80,
    failure: mostly(200, [400, 500, 200]),
  }),
  searchPage: (payload, encode) => ({
    site: STOREFRONT,
    path: "/search",
    query: `q=${encode(payload)}`,
    size: 31_000,
    ms: 120,
    failure: mostly(200, [200, 400]),
  }),
  category: (payload, encode) => ({
    site: SHOP_API,
    path: "/v1/products",
    query: `category=${encode(payload)}&page=1&per_page=24`,
    size: 62,
    ms: 40,
    failure: mostly(200, [400, 500]),
  }),
  sort: (payload, encode) => ({
    site: SHOP_API,
    path: "/v1/products",
    query: `category=lighting&page=1&sort=${encode(payload)}`,
    size: 14_600,
    ms: 46,
    failure: mostly(400, [200, 500]),
  }),
  oldItem: (payload, encode) => ({
    site: STOREFRONT,
    path: "/shop/item.php",
    query: `id=${encode(payload)}`,
    size: 5_400,
    ms: 22,
    failure: mostly(404, [301, 500]),
  }),
  productId: (payload, encode) => ({
    site: SHOP_API,
    path: `/v1/products/${encode(payload).replace(/\//g, "%2F")}`,
    route: "/v1/products/{product}",
    size: 3_900,
    ms: 18,
    failure: mostly(404, [400]),
  }),
  file: (payload, encode) => ({
    site: SHOP_API,
    path: "/v1/uploads/preview",
    query: `file=${encode(payload)}`,
    size: 1_900,
    ms: 16,
    failure: mostly(404, [400, 403]),
  }),
  staticPath: (payload) => ({
    site: STOREFRONT,
    path: `/assets/${payload}`,
    route: "/assets/{file}",
    size: 1_900,
    ms: 3,
    failure: mostly(404, [400, 403]),
  }),
  url: (payload, encode) => ({
    site: SHOP_API,
    path: "/v1/uploads/import",
    query: `url=${encode(payload)}`,
    size: 320,
    ms: 140,
    failure: mostly(422, [400, 502]),
  }),
  next: (payload, encode) => ({
    site: STOREFRONT,
    path: "/login",
    query: `next=${encode(payload)}`,
    size: 9_000,
    ms: 30,
    failure: mostly(200, [302]),
  }),
  userAgent: (payload) => ({
    site: STOREFRONT,
    path: "/",
    size: 38_000,
    ms: 60,
    userAgent: oneLine(payload),
    failure: mostly(200, [403]),
  }),
  referer: (payload) => ({
    site: STOREFRONT,
    path: "/",
    size: 38_000,
    ms: 60,
    referer: oneLine(payload),
    failure: mostly(200, [403]),
  }),
  login: (payload) => ({
    site: AUTH,
    method: "POST",
    path: "/v1/login",
    size: 1_340,
    ms: 95,
    body: { email: payload, password: "x" },
    failure: mostly(401, [422, 400]),
  }),
  review: (payload) => ({
    site: SHOP_API,
    method: "POST",
    path: "/v1/products/100021/reviews",
    route: "/v1/products/{product}/reviews",
    size: 310,
    ms: 55,
    body: { rating: 5, title: "ok", text: payload },
    failure: mostly(401, [422, 201]),
  }),
} as const satisfies Record<string, Point>;

export type PointName = keyof typeof INJECTION_POINTS;
