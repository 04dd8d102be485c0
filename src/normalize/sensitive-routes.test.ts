import { describe, expect, it } from "vitest";
import { emptyEvent } from "../event.ts";
import { emptyFact, FACT_FLAG } from "../fact.ts";
import { createFactReader } from "./normalize.ts";

const NAMES = [
  "CHANGE_EMAIL",
  "CHANGE_PASSWORD",
  "CHANGE_MFA",
  "CHANGE_PAYOUT",
  "CHANGE_KEY",
  "ADMIN",
] as const;

function flagsOf(request: string): string {
  const [method, path] = request.split(" ");
  const fact = emptyFact();
  createFactReader()({ ...emptyEvent(), "http.request.method": method, "url.path": path }, fact);
  return NAMES.filter((name) => (fact.flags & FACT_FLAG[name]) !== 0).join(" ");
}

describe("a route that changes what an account is held by", () => {
  it.each([
    ["PUT /v1/customers/17/email", "CHANGE_EMAIL"],
    ["POST /account/change_email", "CHANGE_EMAIL"],
    ["PATCH /me/phone-number", "CHANGE_EMAIL"],
    ["PUT /users/17/password", "CHANGE_PASSWORD"],
    ["POST /users/17/changePassword", "CHANGE_PASSWORD"],
    ["DELETE /me/mfa/4711", "CHANGE_MFA"],
    ["POST /me/recovery-codes", "CHANGE_MFA"],
    ["POST /wallet/payout-methods", "CHANGE_PAYOUT"],
    ["PUT /wallet/bank-account/17/default", "CHANGE_PAYOUT"],
    ["POST /v1/api_keys", "CHANGE_KEY"],
    ["POST /v1/api-keys/17/rotate", "CHANGE_KEY"],
    ["POST /me/2fa/17/disable", "CHANGE_MFA"],
    ["PUT /admin/users/17/password", "CHANGE_PASSWORD ADMIN"],
    ["GET /api/admin/reports", "ADMIN"],
    ["GET /backoffice/orders", "ADMIN"],
  ])("is %s", (request, flags) => {
    expect(flagsOf(request)).toBe(flags);
  });

  it.each([
    "GET /v1/customers/17/email",
    "GET /v1/api-keys",
    "POST /auth/password",
    "POST /login/mfa",
    "POST /password/reset",
    "POST /newsletter/email",
    "PUT /settings/email/preferences",
    "GET /badminton/courts",
    "GET /orders/17",
  ])("is not %s", (request) => {
    expect(flagsOf(request)).toBe("");
  });
});
