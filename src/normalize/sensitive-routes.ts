/**
 * Routes by which an account changes hands: what they are called across public APIs (GitHub, Stripe, Auth0, Okta and
 * Keycloak document most of these words), for the second step of an account takeover (MITRE ATT&CK T1098, account
 * manipulation), and routes of an administration (OWASP API5:2023).
 */
import { FACT_FLAG, METHOD } from "../fact.ts";

/** Only of a path, before its method is known: a POST does something else there, as `POST /password` logs in. */
const NOT_BY_POST = 131_072;
/** The word says what is done to what the word before it names: `POST /api-keys/17/rotate`. */
export const CHANGES_WORD_BEFORE = 262_144;

const CHANGES =
  FACT_FLAG.CHANGE_EMAIL |
  FACT_FLAG.CHANGE_PASSWORD |
  FACT_FLAG.CHANGE_MFA |
  FACT_FLAG.CHANGE_PAYOUT |
  FACT_FLAG.CHANGE_KEY;

/** An action on these is a change whatever the method; `POST /password/reset` only asks for a link. */
export const CHANGED_BY_ACTION = FACT_FLAG.CHANGE_MFA | FACT_FLAG.CHANGE_PAYOUT | FACT_FLAG.CHANGE_KEY;

type Change = Extract<keyof typeof FACT_FLAG, `CHANGE_${string}`>;

const ACTIONS = "rotate regenerate disable enable reset remove default devices factors enroll setup register";
/** Any writing method. "-" stands for "-", "_" or nothing. */
const EXPLICIT: Readonly<Record<Change, string>> = {
  CHANGE_EMAIL:
    "change-email email-change update-email set-email change-phone update-phone recovery-email recovery-phone account-recovery",
  CHANGE_PASSWORD: "change-password password-change update-password set-password new-password",
  CHANGE_MFA:
    "disable-mfa mfa-disable enable-mfa disable-2fa 2fa-disable enable-2fa disable-totp reset-mfa mfa-reset mfa-devices mfa-enroll authenticators authenticator-app passkeys security-keys recovery-codes backup-codes trusted-devices webauthn-credentials",
  CHANGE_PAYOUT:
    "payouts payout-method payout-methods payout-account payout-accounts payout-settings bank-account bank-accounts bank-details iban external-accounts withdrawal-address withdrawal-addresses withdrawals beneficiary beneficiaries wallet-address",
  CHANGE_KEY:
    "api-key api-keys api-token api-tokens access-keys personal-access-token personal-access-tokens access-tokens service-account service-accounts client-secret client-secrets ssh-keys deploy-keys oauth-apps app-passwords",
};
/** PUT, PATCH and DELETE. */
const BARE: Readonly<Partial<Record<Change, string>>> = {
  CHANGE_EMAIL: "email emails email-address phone phone-number mobile",
  CHANGE_PASSWORD: "password passwd credentials",
  CHANGE_MFA: "mfa 2fa totp otp two-factor two-factor-auth webauthn",
};

const WORDS = new Map<string, number>();
for (const [list, post] of [
  [EXPLICIT, 0],
  [BARE, NOT_BY_POST],
] as const) {
  for (const [kind, words] of Object.entries(list)) {
    const flag = FACT_FLAG[kind as Change] | post;
    for (const word of words.split(" "))
      for (const joint of ["-", "_", ""]) WORDS.set(word.replaceAll("-", joint), flag);
  }
}
for (const word of ACTIONS.split(" ")) WORDS.set(word, CHANGES_WORD_BEFORE);

/** @returns bits for `flagsFor`, or CHANGES_WORD_BEFORE */
export function sensitiveWord(word: string): number {
  return WORDS.get(word.toLowerCase()) ?? 0;
}

/** What of a path's bits holds for a method: to look at a list of keys changes nothing. */
export function flagsFor(method: number, flags: number): number {
  if ((flags & CHANGES) === 0) return flags;
  const writes =
    method === METHOD.PUT ||
    method === METHOD.PATCH ||
    method === METHOD.DELETE ||
    (method === METHOD.POST && (flags & NOT_BY_POST) === 0);
  return flags & ~(writes ? NOT_BY_POST : CHANGES | NOT_BY_POST);
}

const ADMIN_WORDS = [
  "admin",
  "backoffice",
  "back-office",
  "superuser",
  "superadmin",
  "sysadmin",
  "management",
];

/** Whether the segment `from` to `to` of a path begins an administration's part of it. */
export function isAdminSegment(path: string, from: number, to: number): boolean {
  const first = path.charCodeAt(from);
  // a, b, m, s: four in five segments need no further look.
  if (first !== 97 && first !== 98 && first !== 109 && first !== 115) return false;
  for (let i = 0; i < ADMIN_WORDS.length; i++) {
    const word = ADMIN_WORDS[i];
    if (path.startsWith(word, from) && (from + word.length === to || word === "admin")) return true;
  }
  return false;
}
