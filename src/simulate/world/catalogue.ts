/** The shop's goods and orders. Nothing is stored: an item's traits follow from its number. */
import { mix, type Rng } from "../random.ts";
import { ADJECTIVES, CATEGORIES, NOUNS } from "./words.ts";

export const FIRST_PRODUCT = 100_001;
const FIRST_ORDER = 4_200_000;
const ORDERS_PER_PERSON = 3;
/** A new order number appears every so many milliseconds at most: numbers grow with time, with gaps. */
const ORDER_SLOT_MS = 700;

export interface Catalogue {
  readonly products: number;
  /** Someone's choice among what is sold: a few things sell best, most hardly. */
  popular(rng: Rng): number;
  /** Any product, all alike, withdrawn ones too. */
  any(rng: Rng): number;
  slug(product: number): string;
  category(product: number): string;
  isSold(product: number): boolean;
  /** The nth order a person placed before the run began, n under `orderCount`. */
  order(person: number, n: number): number;
  orderCount(person: number): number;
  /** Whether someone placed it before the run began, and who. */
  ownerOf(order: number): number | undefined;
  newOrder(time: number): number;
  readonly firstOrder: number;
  readonly lastOrder: number;
}

export function createCatalogue(seed: number, products: number, people: number, start: number): Catalogue {
  const room = people * ORDERS_PER_PERSON;
  const factor = coprime(room, 0.618);
  const inverse = modularInverse(factor, room);
  const orderCount = (person: number) => {
    const draw = mix(seed ^ 0x0bde, person) & 15;
    return draw < 1 ? 0 : draw < 3 ? 1 : draw < 5 ? 2 : ORDERS_PER_PERSON;
  };
  const isSold = (product: number) =>
    product >= FIRST_PRODUCT && product < FIRST_PRODUCT + products && mix(seed ^ 0x501d, product) % 100 >= 4;

  return {
    products,
    popular: (rng) => {
      let product = FIRST_PRODUCT + Math.floor(products * rng.unit() ** 2.6);
      while (!isSold(product)) product = product > FIRST_PRODUCT + 5 ? product - 1 : product + 3;
      return product;
    },
    any: (rng) => FIRST_PRODUCT + rng.below(products),
    slug: (product) => {
      const h = mix(seed, product);
      return `${ADJECTIVES[h % ADJECTIVES.length]}-${NOUNS[(h >>> 8) % NOUNS.length]}`;
    },
    category: (product) => CATEGORIES[mix(seed, product) % CATEGORIES.length],
    isSold: (product) =>
      product >= FIRST_PRODUCT &&
      product < FIRST_PRODUCT + products &&
      mix(seed ^ 0x501d, product) % 100 >= 4,
    order: (person, n) =>
      FIRST_ORDER + Number((BigInt(person * ORDERS_PER_PERSON + n) * factor) % BigInt(room)),
    orderCount,
    ownerOf: (order) => {
      if (order < FIRST_ORDER || order >= FIRST_ORDER + room) return undefined;
      const place = Number((BigInt(order - FIRST_ORDER) * inverse) % BigInt(room));
      const person = Math.floor(place / ORDERS_PER_PERSON);
      return place % ORDERS_PER_PERSON < orderCount(person) ? person : undefined;
    },
    newOrder: (time) => FIRST_ORDER + room + Math.floor((time - start) / ORDER_SLOT_MS),
    firstOrder: FIRST_ORDER,
    lastOrder: FIRST_ORDER + room - 1,
  };
}

/** A number near `share` of n without a common divisor: its multiples visit every residue once. */
function coprime(n: number, share: number): bigint {
  let candidate = Math.max(1, Math.floor(n * share)) | 1;
  while (gcd(candidate, n) !== 1) candidate += 2;
  return BigInt(candidate);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

function modularInverse(a: bigint, n: number): bigint {
  let [t, newT, r, newR] = [0n, 1n, BigInt(n), a % BigInt(n)];
  while (newR !== 0n) {
    const q = r / newR;
    [t, newT, r, newR] = [newT, t - q * newT, newR, r - q * newR];
  }
  return t < 0n ? t + BigInt(n) : t;
}
