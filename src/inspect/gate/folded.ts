/** Characters that some reader takes for ASCII ones: fullwidth and circled forms, mathematical letters, a lost eighth bit. */

/** `¼`, which loses its eighth bit to `<`. */
const QUARTER = 0xbc;

export function isFolded(code: number): boolean {
  if (code < 0x2000) return code === QUARTER;
  return (code >= 0xff01 && code <= 0xff5e) || (code >= 0x2460 && code <= 0x24ff) || code === 0xd835;
}
