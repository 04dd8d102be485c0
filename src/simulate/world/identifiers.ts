/** Identifiers as APIs write them, made from a hash. */
import { mix, type Rng } from "../random.ts";

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Version 4. */
export function uuid(hash: number): string {
  const a = mix(hash, 41);
  const b = mix(hash, 42);
  const c = mix(hash, 43);
  const d = mix(hash, 44);
  return `${word(a)}-${half(b >>> 16)}-${half((b & 0x0fff) | 0x4000)}-${half(((c >>> 16) & 0x3fff) | 0x8000)}-${half(c)}${word(d)}`;
}

export function hexId(hash: number, length: number): string {
  return (word(mix(hash, 45)) + word(mix(hash, 46)) + word(mix(hash, 47)) + word(mix(hash, 48))).slice(
    0,
    length,
  );
}

export function base64url(rng: Rng, length: number): string {
  let text = "";
  for (let i = 0; i < length; i++) text += BASE64URL[rng.bits() >>> 26];
  return text;
}

function word(value: number): string {
  return HEX[value >>> 24] + HEX[(value >>> 16) & 255] + HEX[(value >>> 8) & 255] + HEX[value & 255];
}

function half(value: number): string {
  return HEX[(value >>> 8) & 255] + HEX[value & 255];
}
