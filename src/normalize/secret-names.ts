/** Names that announce a secret, wherever they stand: headers, cookies, query and form parameters, JSON keys. */

const SECRET_NAME =
  /^(?:.*[-_.])?(?:pass(?:word|wd|phrase|code)?|pwd|secret|client_secret|token|jwt|bearer|authorization|auth|api[-_]?key|apikey|app[-_]?key|access[-_]?key|private[-_]?key|subscription-key|session(?:[-_]?id)?|sid|phpsessid|jsessionid|csrf|xsrf|csrf[-_]?token|otp|totp|pin|cvv2?|cvc|card[-_]?number|pan|iban|ssn|credential|credentials|signature|sig|nonce|code_verifier|assertion|saml(?:request|response))$/i;
const CAMEL_SECRET =
  /(?:Password|Passwd|Secret|Token|ApiKey|AccessKey|PrivateKey|SessionId|CardNumber|Cvv|Ssn|Pin|Otp|Credential|Credentials|Signature)$/;

const MAX_NAME = 64;

/** True when the value under this name must not be shown or stored. */
export function isSecretName(name: string): boolean {
  if (name.length === 0 || name.length > MAX_NAME) return false;
  return SECRET_NAME.test(name) || CAMEL_SECRET.test(name);
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
