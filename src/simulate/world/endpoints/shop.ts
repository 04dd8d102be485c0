/** api.shop.example: what the pages call. */
import { define } from "../endpoint.ts";
import { SHOP_API } from "../sites.ts";

const api = define(SHOP_API);
const write = define(SHOP_API, { sends: 240, ms: 58 });

export const CATEGORIES_TREE = api("catalog.categories", "GET /v1/categories", {
  size: 8_200,
  sizeSigma: 0,
  ms: 6,
  slips: { 304: 0.35 },
});
export const PRODUCT_LIST = api(
  "catalog.list",
  "GET /v1/products?category={category}&page={page}&per_page=24",
  { size: 14_600, ms: 46 },
);
export const PRODUCT_LIST_SORTED = api(
  "catalog.list.sorted",
  "GET /v1/products?category={category}&page={page}&sort={sort}",
  { size: 14_600, ms: 52 },
);
export const PRODUCT = api("catalog.product", "GET /v1/products/{product}", {
  size: 3_900,
  sizeOf: "product",
  ms: 18,
  slips: { 304: 0.06, 404: 0.003, 500: 0.0002 },
});
export const REVIEWS = api("catalog.reviews", "GET /v1/products/{product}/reviews?limit=10&offset=0", {
  size: 5_200,
  sizeOf: "product",
  sizeSigma: 0.8,
  ms: 26,
});
export const AVAILABILITY = api("catalog.availability", "GET /v1/products/{product}/availability", {
  size: 310,
  sizeSigma: 0.1,
  ms: 14,
  slips: { 404: 0.002, 503: 0.0004 },
});
export const RELATED = api("catalog.related", "GET /v1/products/{product}/related", { size: 6_800, ms: 41 });
export const SEARCH = api("search.query", "GET /v1/search?q={term}&page={page}", {
  size: 11_800,
  sizeSigma: 0.7,
  ms: 92,
  slips: { 400: 0.002, 500: 0.0004, 504: 0.0002 },
});
export const SUGGEST = api("search.suggest", "GET /v1/search/suggest?q={term}", {
  size: 640,
  sizeSigma: 0.6,
  ms: 11,
});
export const RECOMMENDATIONS = api("recommend.home", "GET /v1/recommendations?slot=home", {
  size: 7_700,
  ms: 64,
});
export const BANNERS = api("content.banners", "GET /v1/content/banners", {
  size: 1_450,
  sizeSigma: 0,
  ms: 5,
});
export const SETTINGS = api("content.settings", "GET /v1/settings", {
  size: 2_210,
  sizeSigma: 0,
  ms: 4,
  slips: { 304: 0.3 },
});
export const GEO = api("content.geo", "GET /v1/geo", { size: 96, sizeSigma: 0.05, ms: 3 });
export const STORES = api("stores.near", "GET /v1/stores?near={code}", { size: 4_100, ms: 33 });

export const CART = api("cart.get", "GET /v1/carts/{cart}", {
  size: 1_900,
  sizeSigma: 0.7,
  ms: 21,
  slips: { 404: 0.006 },
});
export const CART_COUNT = api("cart.count", "GET /v1/carts/{cart}/count", {
  size: 24,
  sizeSigma: 0.05,
  ms: 6,
  slips: { 404: 0.004 },
});
export const CART_ADD = write("cart.add", "POST /v1/carts/{cart}/items", {
  status: 201,
  size: 1_950,
  sends: 120,
  slips: { 409: 0.012, 422: 0.004, 500: 0.0005 },
});
export const CART_CHANGE = write("cart.change", "PATCH /v1/carts/{cart}/items/{item}", {
  size: 1_900,
  sends: 34,
  slips: { 404: 0.008, 409: 0.01 },
});
export const CART_REMOVE = write("cart.remove", "DELETE /v1/carts/{cart}/items/{item}", {
  status: 204,
  size: 0,
  sends: 0,
  slips: { 404: 0.01 },
});
export const COUPON = write("cart.coupon", "POST /v1/carts/{cart}/coupons", {
  sends: 28,
  size: 410,
  slips: { 422: 0.42, 429: 0.004 },
});

export const SHIPPING = api("checkout.shipping", "GET /v1/checkout/{cart}/shipping-options", {
  size: 1_300,
  ms: 110,
  slips: { 502: 0.001, 504: 0.0008 },
});
export const ADDRESS = write("checkout.address", "PUT /v1/checkout/{cart}/address", {
  sends: 310,
  size: 520,
  slips: { 422: 0.09 },
});
export const PAYMENT_INTENT = write("payments.intent", "POST /v1/payments/intents", {
  status: 201,
  sends: 180,
  size: 740,
  ms: 190,
  slips: { 402: 0.001, 500: 0.0006 },
});
export const PAYMENT_CONFIRM = write("payments.confirm", "POST /v1/payments/intents/{code}/confirm", {
  sends: 420,
  size: 860,
  ms: 780,
  msSigma: 0.6,
  slips: { 402: 0.055, 409: 0.003, 504: 0.001 },
});
export const ORDER_PLACE = write("orders.place", "POST /v1/orders", {
  status: 201,
  sends: 260,
  size: 2_300,
  ms: 240,
  slips: { 409: 0.006, 422: 0.004, 500: 0.0008 },
});
export const ORDERS = api("orders.list", "GET /v1/orders?page={page}", {
  size: 4_400,
  sizeSigma: 0.8,
  ms: 48,
});
export const ORDER = api("orders.get", "GET /v1/orders/{order}", {
  size: 2_350,
  sizeOf: "order",
  ms: 29,
  slips: { 404: 0.003, 500: 0.0003 },
});
export const TRACKING = api("orders.tracking", "GET /v1/orders/{order}/tracking", {
  size: 900,
  sizeOf: "order",
  ms: 130,
  slips: { 404: 0.02, 502: 0.001 },
});
export const INVOICE = api("invoices.pdf", "GET /v1/orders/{order}/invoices/{invoice}", {
  size: 68_000,
  sizeSigma: 0.15,
  sizeOf: "order",
  ms: 160,
  type: "application/pdf",
  slips: { 404: 0.004 },
});
export const RETURN = write("orders.return", "POST /v1/orders/{order}/returns", {
  status: 201,
  sends: 380,
  size: 640,
  slips: { 409: 0.03, 422: 0.05 },
});

export const ME = api("profile.me", "GET /v1/customers/me", { size: 880, sizeSigma: 0.2, ms: 15 });
export const CUSTOMER = api("profile.get", "GET /v1/customers/{user}", {
  size: 890,
  sizeSigma: 0.2,
  ms: 16,
  slips: { 403: 0.002, 404: 0.001 },
});
export const PROFILE_CHANGE = write("profile.change", "PATCH /v1/customers/{user}", {
  sends: 190,
  size: 890,
  slips: { 422: 0.07 },
});
export const EMAIL_CHANGE = write("profile.email", "PUT /v1/customers/{user}/email", {
  sends: 80,
  size: 140,
  slips: { 409: 0.02, 422: 0.04 },
});
export const ADDRESSES = api("profile.addresses", "GET /v1/customers/{user}/addresses", {
  size: 740,
  sizeSigma: 0.4,
  ms: 15,
});
export const PAYMENT_METHODS = api("profile.cards", "GET /v1/customers/{user}/payment-methods", {
  size: 520,
  sizeSigma: 0.4,
  ms: 24,
});
export const WISHLIST = api("wishlist.get", "GET /v1/wishlists/{cart}", {
  size: 3_200,
  sizeSigma: 0.8,
  ms: 22,
  slips: { 404: 0.004 },
});
export const WISHLIST_ADD = write("wishlist.add", "PUT /v1/wishlists/{cart}/items/{product}", {
  status: 204,
  size: 0,
  sends: 0,
});
export const REVIEW_POST = write("reviews.post", "POST /v1/products/{product}/reviews", {
  status: 201,
  sends: 520,
  size: 310,
  slips: { 422: 0.06, 429: 0.01 },
});
export const UPLOAD = write("uploads.post", "POST /v1/uploads", {
  status: 201,
  sends: 840_000,
  size: 220,
  ms: 620,
  msSigma: 0.8,
  slips: { 413: 0.03, 415: 0.012, 422: 0.01 },
});
export const UPLOADED = api("uploads.get", "GET /v1/uploads/{file}", {
  size: 640_000,
  sizeSigma: 0.8,
  ms: 28,
  type: "image/jpeg",
  slips: { 404: 0.004, 206: 0.03 },
});
export const UPLOAD_PREVIEW = api("uploads.preview", "GET /v1/uploads/preview?file={file}", {
  size: 1_900,
  sizeSigma: 0.3,
  ms: 16,
  slips: { 404: 0.02 },
});
/** A picture for a review, fetched from where the customer has it. */
export const UPLOAD_IMPORT = api("uploads.import", "GET /v1/uploads/import?url={link}", {
  size: 320,
  sizeSigma: 0.1,
  ms: 240,
  slips: { 422: 0.12, 502: 0.02 },
});
export const NOTIFICATIONS = api("notifications.list", "GET /v1/notifications?since={since}", {
  size: 260,
  sizeSigma: 0.9,
  ms: 9,
});
export const EXPORT_ME = api("privacy.export", "GET /v1/customers/{user}/export", {
  size: 210_000,
  sizeSigma: 0.7,
  ms: 1900,
});
export const GRAPHQL = define(SHOP_API, { sends: 900, ms: 70 })("graphql", "POST /graphql", {
  size: 6_400,
  sizeSigma: 0.9,
  slips: { 400: 0.003, 500: 0.0005 },
});
export const WEBHOOK = write("webhooks.payment", "POST /v1/webhooks/payments", {
  status: 200,
  sends: 1_450,
  size: 15,
  sizeSigma: 0,
  ms: 34,
  slips: { 500: 0.001 },
});
export const HEALTH = api("health", "GET /healthz", {
  size: 15,
  sizeSigma: 0,
  ms: 1.6,
  msSigma: 0.2,
  slips: {},
});
