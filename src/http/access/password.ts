/**
 * Passwords as scrypt hashes (RFC 7914): N = 2^15, r = 8, p = 3, one of the settings OWASP's Password Storage Cheat
 * Sheet names as equal to N = 2^17, with 32 MiB of memory. Few run at a time, so that logins cannot take the machine.
 */
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { VedetteError } from "../../errors.ts";

const COST = { N: 2 ** 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const MEMORY = 64 * 1024 * 1024;
const AT_ONCE = 2;
const MOST_WAITING = 32;

export const PASSWORD_CHARS = { least: 12, most: 256 } as const;

/** "scrypt$32768$8$3$SALT$HASH", in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** Takes as long for a user that does not exist (`stored` undefined). */
export async function passwordMatches(password: string, stored: string | undefined): Promise<boolean> {
  const read = stored === undefined ? undefined : readHash(stored);
  const { cost, salt, hash } = read ?? NONE;
  const derived = await derive(password, salt, cost);
  return timingSafeEqual(derived, hash) && read !== undefined;
}

interface Stored {
  readonly cost: typeof COST;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const NONE: Stored = { cost: COST, salt: randomBytes(SALT_BYTES), hash: randomBytes(HASH_BYTES) };

function readHash(text: string): Stored | undefined {
  const [, N, r, p, salt = "", hash = ""] =
    /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]+)\$([\w-]+)$/.exec(text) ?? [];
  const bytes = Buffer.from(hash, "base64url");
  if (bytes.length !== HASH_BYTES) return undefined;
  return {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, "base64url"),
    hash: bytes,
  };
}

let running = 0;
const waiting: (() => void)[] = [];

/** @throws VedetteError TOO_MANY_REQUESTS */
async function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING)
      throw new VedetteError("TOO_MANY_REQUESTS", "Too many passwords are being checked");
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  running++;
  try {
    // The same letters typed on another keyboard are the same password (NIST SP 800-63B section 3.1.1.2).
    const text = password.normalize("NFKC");
    return await new Promise((resolve, reject) => {
      scrypt(text, salt, HASH_BYTES, { ...cost, maxmem: MEMORY }, (error, key) =>
        error === null ? resolve(key) : reject(error),
      );
    });
  } finally {
    running--;
    waiting.shift()?.();
  }
}
