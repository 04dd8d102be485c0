/** State by key with a bound: past it, the entries that were not used for longest leave. Plain data. */
export interface Keyed<T> {
  readonly limit: number;
  /** Two generations: an entry used again moves to the young one; when that is full the old one is dropped. */
  young: Map<number, T>;
  old: Map<number, T>;
}

export function createKeyed<T>(limit: number): Keyed<T> {
  return { limit, young: new Map(), old: new Map() };
}

/** The entry of a key, if there is one. */
export function known<T>(keyed: Keyed<T>, key: number): T | undefined {
  return keyed.young.get(key) ?? keyed.old.get(key);
}

/**
 * The entry of a key, made when there is none.
 * @param from for `create`: a function made anew for each event is garbage, whether it is called or not
 */
export function entryOf<T>(keyed: Keyed<T>, key: number, create: () => T): T;
export function entryOf<T, From>(keyed: Keyed<T>, key: number, create: (from: From) => T, from: From): T;
export function entryOf<T>(keyed: Keyed<T>, key: number, create: (from?: unknown) => T, from?: unknown): T {
  return used(keyed, key) ?? keep(keyed, key, create(from));
}

/** The entry of a key, if there is one: used again by this. */
export function used<T>(keyed: Keyed<T>, key: number): T | undefined {
  const known = keyed.young.get(key);
  if (known !== undefined) return known;
  const aged = keyed.old.get(key);
  if (aged === undefined) return undefined;
  keyed.old.delete(key);
  return keep(keyed, key, aged);
}

function keep<T>(keyed: Keyed<T>, key: number, value: T): T {
  keyed.young.set(key, value);
  if (keyed.young.size >= keyed.limit / 2) {
    keyed.old = keyed.young;
    keyed.young = new Map();
  }
  return value;
}

/** The entry of a key, if there is one. It does not count as used. */
export function peek<T>({ young, old }: Keyed<T>, key: number): T | undefined {
  return young.get(key) ?? old.get(key);
}
