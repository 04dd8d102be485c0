/** How values are read and written, the same in both back ends. */

/** Texts that are numbers. Used in SQL as it stands: no quotes, no backslashes. */
export const NUMBER_PATTERN = "^[+-]?[0-9]{1,300}(?:[.][0-9]{1,300})?(?:[eE][+-]?[0-9]{1,3})?$";

const NUMBER = new RegExp(NUMBER_PATTERN);

/** @returns null for what is no finite number */
export function parseNumber(text: string): number | null {
  if (!NUMBER.test(text)) return null;
  return finite(Number(text));
}

export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The shortest digits that read back the same; exponents as 1e21 and 1e-7. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value).replace("e+", "e");
}

/** Times that the store can hold (DateTime64): 1900 to 2299. Sums beyond stop there. */
export const TIME_BOUNDS = { first: Date.UTC(1900, 0, 1), last: Date.UTC(2299, 0, 1) } as const;
