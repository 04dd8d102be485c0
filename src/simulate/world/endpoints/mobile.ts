/** m.shop.example: what the apps call. */
import { define } from "../endpoint.ts";
import { MOBILE } from "../sites.ts";

const bff = define(MOBILE, { ms: 74, sizeSigma: 0.6 });

export const APP_CONFIG = bff("bff.config", "GET /bff/v2/config?platform={code}", {
  size: 5_100,
  sizeSigma: 0,
  ms: 8,
  slips: { 304: 0.5 },
});
export const APP_HOME = bff("bff.home", "GET /bff/v2/home", { size: 21_000 });
export const APP_FEED = bff("bff.feed", "GET /bff/v2/feed?cursor={token}", { size: 13_500 });
export const APP_PRODUCT = bff("bff.product", "GET /bff/v2/products/{product}", {
  size: 9_400,
  sizeOf: "product",
  slips: { 304: 0.05, 404: 0.003 },
});
export const APP_SEARCH = bff("bff.search", "GET /bff/v2/search?q={term}&cursor={token}", { size: 10_800 });
export const APP_CART = bff("bff.cart", "GET /bff/v2/cart", { size: 2_900 });
export const APP_CART_ADD = bff("bff.cart.add", "POST /bff/v2/cart/items", {
  status: 201,
  size: 3_000,
  sends: 96,
  slips: { 409: 0.014 },
});
export const APP_CHECKOUT = bff("bff.checkout", "POST /bff/v2/checkout", {
  status: 201,
  size: 3_400,
  sends: 640,
  ms: 940,
  slips: { 402: 0.06, 409: 0.01, 422: 0.02 },
});
export const APP_ORDERS = bff("bff.orders", "GET /bff/v2/orders?limit=20", { size: 6_600 });
export const APP_ORDER = bff("bff.order", "GET /bff/v2/orders/{order}", { size: 3_700, sizeOf: "order" });
export const APP_DEVICE = bff("bff.device", "PUT /bff/v2/devices/{user}", {
  status: 204,
  size: 0,
  sends: 310,
  ms: 22,
});
export const APP_EVENTS = bff("bff.events", "POST /bff/v2/events", {
  status: 202,
  size: 0,
  sends: 2_400,
  ms: 9,
});
export const APP_INBOX = bff("bff.inbox", "GET /bff/v2/inbox/unread", { size: 22, sizeSigma: 0.03, ms: 7 });
