/** Names that announce a secret, wherever they stand: headers, cookies, query and form parameters, JSON keys. */
import { unshared } from "./unshared.ts";

const SECRET_NAME =
  /^(?:.*[-_.])?(?:pass(?:word|wd|phrase|code)?|pwd|secret|client_secret|token|jwt|bearer|authorization|auth|api[-_]?key|apikey|app[-_]?key|access[-_]?key|private[-_]?key|subscription-key|session(?:[-_]?id)?|sid|phpsessid|jsessionid|csrf|xsrf|csrf[-_]?token|otp|totp|pin|cvv2?|cvc|card[-_]?number|pan|iban|ssn|credential|credentials|signature|sig|nonce|code_verifier|assertion|saml(?:request|response))$/i;
const CAMEL_SECRET =
  /(?:Password|Passwd|Secret|Token|ApiKey|AccessKey|PrivateKey|SessionId|CardNumber|Cvv|Ssn|Pin|Otp|Credential|Credentials|Signature)$/;

const MAX_NAME = 64;

/** Names come again and again, and the expressions cost ten times what finding one here does. */
const verdicts = new Map<string, boolean>();
const MAX_VERDICTS = 4_096;

/** True when the value under this name must not be shown or stored. */
export function isSecretName(name: string): boolean {
  if (name.length === 0 || name.length > MAX_NAME) return false;
  const known = verdicts.get(name);
  if (known !== undefined) return known;
  const secret = SECRET_NAME.test(name) || CAMEL_SECRET.test(name);
  if (verdicts.size >= MAX_VERDICTS) verdicts.clear();
  verdicts.set(unshared(name), secret);
  return secret;
}

const SECRET_HEADERS: ReadonlySet<string> = new Set([
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
  "x-api-key",
  "api-key",
  "apikey",
  "x-apikey",
  "x-auth-token",
  "x-access-token",
  "x-csrf-token",
  "x-xsrf-token",
  "x-amz-security-token",
  "x-vault-token",
  "x-goog-iap-jwt-assertion",
  "ocp-apim-subscription-key",
]);

export function isSecretHeader(name: string): boolean {
  return SECRET_HEADERS.has(name) || isSecretName(name);
}
