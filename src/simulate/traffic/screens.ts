/** The screens of the mobile app, as pages.ts has the pages of the web shop. */
import type { Endpoint } from "../world/endpoint.ts";
import * as app from "../world/endpoints/mobile.ts";
import { GRAPHQL } from "../world/endpoints/shop.ts";
import { PHOTO, THUMBNAIL } from "../world/endpoints/storefront.ts";
import type { Call } from "./pages.ts";

export type ScreenName = "home" | "feed" | "product" | "search" | "cart" | "checkout" | "orders" | "order";

export interface Screen {
  readonly calls: readonly Call[];
  /** Median seconds on the screen. */
  readonly stay: number;
  readonly next: readonly (readonly [ScreenName, number])[];
  readonly leave: number;
}

const get = (endpoint: Endpoint, chance = 1): Call => ({ endpoint, chance });
const pictures = (upTo: number): Call => ({ endpoint: THUMBNAIL, chance: 0.9, upTo, others: true });

export const SCREENS: Readonly<Record<ScreenName, Screen>> = {
  home: {
    calls: [get(app.APP_HOME), get(app.APP_INBOX, 0.8), pictures(7)],
    stay: 9,
    next: [
      ["feed", 34],
      ["product", 26],
      ["search", 20],
      ["orders", 9],
      ["cart", 3],
    ],
    leave: 14,
  },
  feed: {
    calls: [get(app.APP_FEED), pictures(6)],
    stay: 8,
    next: [
      ["feed", 48],
      ["product", 30],
      ["home", 4],
    ],
    leave: 16,
  },
  product: {
    calls: [get(app.APP_PRODUCT), get(GRAPHQL, 0.5), { endpoint: PHOTO, chance: 0.95, upTo: 4 }, pictures(4)],
    stay: 18,
    next: [
      ["product", 24],
      ["feed", 26],
      ["search", 14],
      ["cart", 8],
    ],
    leave: 24,
  },
  search: {
    calls: [get(app.APP_SEARCH), pictures(5)],
    stay: 10,
    next: [
      ["product", 56],
      ["search", 24],
      ["home", 4],
    ],
    leave: 14,
  },
  cart: {
    calls: [get(app.APP_CART), get(app.APP_CART_ADD, 0.4), pictures(3)],
    stay: 15,
    next: [
      ["checkout", 40],
      ["product", 26],
      ["feed", 8],
    ],
    leave: 24,
  },
  checkout: {
    calls: [get(app.APP_CHECKOUT), get(app.APP_ORDER, 0.85)],
    stay: 20,
    next: [
      ["order", 18],
      ["home", 20],
    ],
    leave: 62,
  },
  orders: {
    calls: [get(app.APP_ORDERS), pictures(4)],
    stay: 8,
    next: [
      ["order", 66],
      ["home", 12],
    ],
    leave: 22,
  },
  order: {
    calls: [get(app.APP_ORDER), get(GRAPHQL, 0.3)],
    stay: 14,
    next: [
      ["orders", 24],
      ["home", 18],
    ],
    leave: 56,
  },
};

export const LAUNCH_CALLS: readonly Call[] = [get(app.APP_CONFIG), get(app.APP_DEVICE, 0.25)];
export const TELEMETRY: Call = get(app.APP_EVENTS, 0.35);
