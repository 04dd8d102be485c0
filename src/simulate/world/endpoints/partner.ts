/** partner.shop.example: marketplaces and carriers, with API keys. */
import { define } from "../endpoint.ts";
import { PARTNER } from "../sites.ts";

const partner = define(PARTNER, { ms: 60, slips: { 429: 0.002, 500: 0.0003 } });

export const STOCK = partner("partner.stock", "GET /v2/stock/{product}", {
  size: 260,
  sizeSigma: 0.15,
  ms: 11,
});
export const PRODUCTS_BULK = partner(
  "partner.products",
  "GET /v2/products?updated_since={since}&page={page}&page_size=500",
  { size: 410_000, sizeSigma: 0.12, ms: 640 },
);
export const PARTNER_ORDERS = partner("partner.orders", "GET /v2/orders?status=open&cursor={token}", {
  size: 48_000,
});
export const PARTNER_ORDER = partner("partner.order", "GET /v2/orders/{order}", {
  size: 2_800,
  sizeOf: "order",
});
export const PARTNER_SHIPMENT = partner("partner.shipment", "POST /v2/orders/{order}/shipments", {
  status: 201,
  sends: 420,
  size: 240,
  slips: { 409: 0.01, 422: 0.008 },
});
export const PRICE_FEED = partner("partner.prices", "PUT /v2/products/{product}/price", {
  status: 204,
  sends: 64,
  size: 0,
  ms: 24,
});
