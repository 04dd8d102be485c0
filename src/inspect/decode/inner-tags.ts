/** Tags inside words, `o<x>nload`: what is left when a filter takes tags out is the word itself. */
const INNER = /([\w=:(])<\/?[a-z]{1,8}\/?>(?=[\w=:(])/gi;

/** @returns the text without them, or `undefined` when there are none */
export function dropInnerTags(text: string): string | undefined {
  const joined = text.replace(INNER, "$1");
  return joined === text ? undefined : joined;
}
