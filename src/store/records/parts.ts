/** Lists in questions and rows in statements go by parts: databases count what they are given. */
const MOST_AT_ONCE = 500;

export function* parts<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += MOST_AT_ONCE) yield list.slice(from, from + MOST_AT_ONCE);
}
