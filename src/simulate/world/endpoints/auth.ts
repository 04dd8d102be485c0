/** auth.shop.example: signing in, tokens, codes and forgotten passwords. */
import { define } from "../endpoint.ts";
import { AUTH } from "../sites.ts";

const auth = define(AUTH, { sends: 160, size: 1_340, sizeSigma: 0.06, ms: 130, msSigma: 0.3, slips: {} });

/** A password check is slow on purpose (argon2). */
export const LOGIN = auth("auth.login", "POST /v1/login", { sends: 96 });
export const TOKEN = auth("auth.token", "POST /oauth/token", { ms: 38, sends: 210 });
export const AUTHORIZE = auth(
  "auth.authorize",
  "GET /oauth/authorize?client_id=web&response_type=code&state={token}",
  {
    sends: 0,
    size: 0,
    status: 302,
    ms: 18,
  },
);
export const LOGOUT = auth("auth.logout", "POST /v1/logout", { status: 204, size: 0, sends: 0, ms: 12 });
export const OTP_SEND = auth("auth.otp.send", "POST /v1/otp", { status: 202, size: 46, ms: 180, sends: 40 });
export const OTP_CHECK = auth("auth.otp.check", "POST /v1/otp/verify", { ms: 31, sends: 44 });
export const RESET_ASK = auth("auth.reset.ask", "POST /v1/password-resets", {
  status: 202,
  size: 62,
  sizeSigma: 0,
  ms: 88,
  sends: 52,
  slips: { 404: 0.06 },
});
export const RESET_OPEN = auth("auth.reset.open", "GET /v1/password-resets/{token}", {
  size: 118,
  sends: 0,
  ms: 14,
});
export const RESET_USE = auth("auth.reset.use", "PUT /v1/password-resets/{token}", {
  status: 204,
  size: 0,
  sends: 88,
});
export const REGISTER = auth("auth.register", "POST /v1/registrations", {
  status: 201,
  sends: 280,
  slips: { 409: 0.06, 422: 0.14 },
});
/** Tells whether an e-mail address has an account: handy for a form, and for others. */
export const EMAIL_TAKEN = auth("auth.email-taken", "GET /v1/registrations/available?email={term}", {
  sends: 0,
  size: 19,
  sizeSigma: 0.02,
  ms: 12,
});
export const KEYS = auth("auth.jwks", "GET /.well-known/jwks.json", {
  sends: 0,
  size: 1_120,
  sizeSigma: 0,
  ms: 2,
});
