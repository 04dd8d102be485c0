/** The pages of the web shop: what the browser fetches for each, how long people stay, and where they go next. */
import type { Endpoint } from "../world/endpoint.ts";
import * as api from "../world/endpoints/shop.ts";
import * as www from "../world/endpoints/storefront.ts";

export type PageName =
  | "home"
  | "category"
  | "search"
  | "product"
  | "cart"
  | "checkout"
  | "payment"
  | "thanks"
  | "account"
  | "orders"
  | "order"
  | "profile"
  | "wishlist"
  | "help"
  | "blog";

export interface Call {
  readonly endpoint: Endpoint;
  readonly chance: number;
  /** Most calls made at once; one or more, all values alike. */
  readonly upTo?: number;
  /** Only for people who are signed in. */
  readonly signedIn?: true;
  /** About other products than the page's own: pictures in a list. */
  readonly others?: true;
}

export interface Page {
  /** Fetched when the page is loaded afresh; later pages are drawn by the script from calls alone. */
  readonly document: Endpoint;
  readonly calls: readonly Call[];
  /** Median seconds on the page. */
  readonly stay: number;
  readonly needsSignIn?: true;
  /** Weights of the next page; the weight of leaving. */
  readonly next: readonly (readonly [PageName, number])[];
  readonly leave: number;
}

const thumbnails = (upTo: number): Call => ({ endpoint: www.THUMBNAIL, chance: 0.85, upTo, others: true });
const beacon: Call = { endpoint: www.BEACON, chance: 0.7 };
/** Pages that the browser fetches ahead, in case they are opened. */
const prefetch: Call = { endpoint: www.PRODUCT_PAGE, chance: 0.2, upTo: 3, others: true };
export const cartCount: Call = { endpoint: api.CART_COUNT, chance: 0.6 };

export const PAGES: Readonly<Record<PageName, Page>> = {
  home: {
    document: www.HOME,
    calls: [
      { endpoint: api.RECOMMENDATIONS, chance: 0.9 },
      { endpoint: www.BANNER, chance: 0.8, upTo: 3 },
      thumbnails(6),
      beacon,
    ],
    stay: 14,
    next: [
      ["category", 40],
      ["search", 22],
      ["product", 20],
      ["account", 4],
      ["blog", 2],
    ],
    leave: 18,
  },
  category: {
    document: www.CATEGORY_PAGE,
    calls: [
      { endpoint: api.PRODUCT_LIST, chance: 1 },
      { endpoint: api.PRODUCT_LIST_SORTED, chance: 0.15 },
      thumbnails(8),
      prefetch,
      beacon,
    ],
    stay: 19,
    next: [
      ["product", 52],
      ["category", 24],
      ["search", 6],
    ],
    leave: 14,
  },
  search: {
    document: www.SEARCH_PAGE,
    calls: [
      { endpoint: api.SUGGEST, chance: 0.7, upTo: 4 },
      { endpoint: api.SEARCH, chance: 1 },
      thumbnails(7),
      beacon,
    ],
    stay: 15,
    next: [
      ["product", 55],
      ["search", 22],
      ["category", 6],
    ],
    leave: 16,
  },
  product: {
    document: www.PRODUCT_PAGE,
    calls: [
      { endpoint: api.PRODUCT, chance: 1 },
      { endpoint: api.AVAILABILITY, chance: 0.95 },
      { endpoint: www.PHOTO, chance: 0.9, upTo: 4 },
      { endpoint: api.REVIEWS, chance: 0.75 },
      { endpoint: api.UPLOADED, chance: 0.08, upTo: 3 },
      { endpoint: api.RELATED, chance: 0.7 },
      thumbnails(3),
      beacon,
    ],
    stay: 31,
    next: [
      ["product", 28],
      ["category", 20],
      ["cart", 9],
      ["wishlist", 2],
      ["search", 10],
      ["help", 1],
    ],
    leave: 30,
  },
  cart: {
    document: www.CART_PAGE,
    calls: [
      { endpoint: api.CART, chance: 1 },
      { endpoint: api.CART_CHANGE, chance: 0.18 },
      { endpoint: api.CART_REMOVE, chance: 0.1 },
      { endpoint: api.COUPON, chance: 0.07, upTo: 3 },
      thumbnails(3),
    ],
    stay: 22,
    next: [
      ["checkout", 42],
      ["product", 24],
      ["category", 12],
    ],
    leave: 24,
  },
  checkout: {
    document: www.CHECKOUT_PAGE,
    calls: [
      { endpoint: api.CART, chance: 1 },
      { endpoint: api.ADDRESSES, chance: 0.9, signedIn: true },
      { endpoint: api.ADDRESS, chance: 0.8, upTo: 2 },
      { endpoint: api.SHIPPING, chance: 1 },
      { endpoint: api.STORES, chance: 0.12 },
    ],
    stay: 48,
    next: [
      ["payment", 78],
      ["cart", 8],
    ],
    leave: 14,
  },
  payment: {
    document: www.CHECKOUT_PAGE,
    calls: [
      { endpoint: api.PAYMENT_METHODS, chance: 0.9, signedIn: true },
      { endpoint: api.PAYMENT_INTENT, chance: 1 },
      { endpoint: api.PAYMENT_CONFIRM, chance: 0.95 },
    ],
    stay: 12,
    next: [
      ["thanks", 88],
      ["payment", 6],
    ],
    leave: 6,
  },
  thanks: {
    document: www.CHECKOUT_PAGE,
    calls: [
      { endpoint: api.ORDER_PLACE, chance: 1 },
      { endpoint: api.ORDER, chance: 0.9 },
      { endpoint: api.RECOMMENDATIONS, chance: 0.6 },
      beacon,
    ],
    stay: 20,
    next: [
      ["home", 20],
      ["order", 10],
    ],
    leave: 70,
  },
  account: {
    document: www.ACCOUNT_PAGE,
    calls: [
      { endpoint: api.ME, chance: 1 },
      { endpoint: api.ORDERS, chance: 0.7 },
    ],
    stay: 12,
    needsSignIn: true,
    next: [
      ["orders", 50],
      ["profile", 16],
      ["wishlist", 12],
      ["home", 10],
    ],
    leave: 18,
  },
  orders: {
    document: www.ACCOUNT_PAGE,
    calls: [{ endpoint: api.ORDERS, chance: 1 }, thumbnails(6)],
    stay: 13,
    needsSignIn: true,
    next: [
      ["order", 64],
      ["home", 8],
      ["product", 8],
    ],
    leave: 24,
  },
  order: {
    document: www.ACCOUNT_PAGE,
    calls: [
      { endpoint: api.ORDER, chance: 1 },
      { endpoint: api.TRACKING, chance: 0.7 },
      { endpoint: api.INVOICE, chance: 0.16 },
      { endpoint: api.RETURN, chance: 0.03 },
      { endpoint: api.REVIEW_POST, chance: 0.12, signedIn: true },
    ],
    stay: 21,
    needsSignIn: true,
    next: [
      ["orders", 26],
      ["order", 14],
      ["help", 5],
      ["home", 10],
    ],
    leave: 45,
  },
  profile: {
    document: www.ACCOUNT_PAGE,
    calls: [
      { endpoint: api.CUSTOMER, chance: 1 },
      { endpoint: api.ADDRESSES, chance: 0.7 },
      { endpoint: api.PROFILE_CHANGE, chance: 0.3 },
      { endpoint: api.EMAIL_CHANGE, chance: 0.03 },
      { endpoint: api.UPLOAD, chance: 0.05 },
      { endpoint: api.UPLOAD_PREVIEW, chance: 0.09 },
      { endpoint: api.UPLOAD_IMPORT, chance: 0.04 },
      { endpoint: api.EXPORT_ME, chance: 0.004 },
    ],
    stay: 30,
    needsSignIn: true,
    next: [
      ["account", 30],
      ["orders", 12],
      ["home", 18],
    ],
    leave: 40,
  },
  wishlist: {
    document: www.ACCOUNT_PAGE,
    calls: [
      { endpoint: api.WISHLIST, chance: 1 },
      { endpoint: api.WISHLIST_ADD, chance: 0.3 },
      thumbnails(8),
    ],
    stay: 17,
    needsSignIn: true,
    next: [
      ["product", 60],
      ["home", 10],
    ],
    leave: 30,
  },
  help: {
    document: www.HELP_PAGE,
    calls: [beacon],
    stay: 40,
    next: [
      ["help", 25],
      ["home", 20],
      ["order", 8],
    ],
    leave: 47,
  },
  blog: {
    document: www.BLOG_PAGE,
    calls: [{ endpoint: www.BANNER, chance: 1, upTo: 4 }, beacon],
    stay: 55,
    next: [
      ["blog", 20],
      ["product", 18],
      ["home", 14],
    ],
    leave: 48,
  },
};
