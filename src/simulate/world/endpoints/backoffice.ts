/** admin.shop.example: what the shop's own people use. */
import { define } from "../endpoint.ts";
import { BACKOFFICE } from "../sites.ts";

const admin = define(BACKOFFICE, { ms: 85, sizeSigma: 0.7 });

export const ADMIN_HOME = admin("admin.home", "GET /", {
  type: "text/html; charset=utf-8",
  size: 6_200,
  sizeSigma: 0,
  ms: 9,
});
export const ADMIN_LOGIN = admin("admin.login", "POST /api/session", {
  size: 640,
  sizeSigma: 0.05,
  ms: 240,
  msSigma: 0.2,
  sends: 104,
  slips: {},
});
export const ADMIN_DASHBOARD = admin("admin.dashboard", "GET /api/dashboard", { size: 9_800, ms: 310 });
export const ADMIN_ORDERS = admin("admin.orders", "GET /api/orders?status={code}&page={page}", {
  size: 38_000,
  ms: 180,
});
export const ADMIN_ORDER = admin("admin.order", "GET /api/orders/{order}", { size: 7_900, sizeOf: "order" });
export const ADMIN_REFUND = admin("admin.refund", "POST /api/orders/{order}/refunds", {
  status: 201,
  sends: 140,
  size: 420,
  slips: { 409: 0.03 },
});
export const ADMIN_CUSTOMERS = admin("admin.customers", "GET /api/customers?q={term}&page={page}", {
  size: 22_000,
  ms: 210,
});
export const ADMIN_CUSTOMER = admin("admin.customer", "GET /api/customers/{user}", { size: 5_600 });
export const ADMIN_PRODUCT = admin("admin.product", "PUT /api/products/{product}", {
  sends: 2_600,
  size: 4_100,
  slips: { 422: 0.05 },
});
export const ADMIN_REPORT = admin("admin.report", "GET /api/reports/sales?from={since}&to={day}&format=csv", {
  type: "text/csv",
  size: 340_000,
  ms: 2_600,
  msSigma: 0.6,
});
export const ADMIN_EXPORT = admin("admin.export", "GET /api/exports/customers?format=csv&page={page}", {
  type: "text/csv",
  size: 1_900_000,
  sizeSigma: 0.3,
  ms: 4_200,
});
export const ADMIN_USERS = admin("admin.users", "GET /api/staff", { size: 5_200, sizeSigma: 0.05 });
