/** State by key with a bound: past it, the entry that was not used for longest leaves. */
export interface KeyedState<T> {
  of(key: number, create: () => T): T;
  get(key: number): T | undefined;
  readonly size: number;
  readonly evicted: number;
  entries(): IterableIterator<[number, T]>;
  delete(key: number): void;
}

export function createKeyedState<T>(limit: number): KeyedState<T> {
  let young = new Map<number, T>();
  let old = new Map<number, T>();
  let evicted = 0;

  /** Two generations: an entry used again moves to the young one; when that is full the old one is dropped. */
  function keep(key: number, value: T): T {
    young.set(key, value);
    if (young.size >= limit / 2) {
      evicted += old.size;
      old = young;
      young = new Map();
    }
    return value;
  }

  return {
    of(key, create) {
      const known = young.get(key);
      if (known !== undefined) return known;
      const aged = old.get(key);
      if (aged !== undefined) {
        old.delete(key);
        return keep(key, aged);
      }
      return keep(key, create());
    },
    get: (key) => young.get(key) ?? old.get(key),
    get size() {
      return young.size + old.size;
    },
    get evicted() {
      return evicted;
    },
    *entries() {
      yield* old;
      yield* young;
    },
    delete(key) {
      young.delete(key);
      old.delete(key);
    },
  };
}
