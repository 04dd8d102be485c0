/**
 * Letters that look like ASCII and that a database collation, a browser or a normalising framework may fold to it
 * (Unicode NFKC; best-fit mappings of Windows code pages): fullwidth forms, circled and mathematical letters,
 * typographic quotes that old drivers turn into `'`, slashes of other alphabets, and letters whose low
 * byte is a line break where a server keeps only that byte.
 */
const QUOTES = /[\u00b4\u2018\u2019\u201b\u02b9\u02bc\u02c8\u2032\u2035\u275b\u275c\uff07]/g;
const FOLDED = /[\u2100-\u214f\u2460-\u24ff\ufe50-\ufe6f\uff01-\uff5e]|\ud835[\udc00-\udfff]/;

/** Full stops of other scripts separate the labels of a host's name (UTS #46). Between letters of ASCII only: prose ends in them. */
const HOST_DOT = /(?<=[\da-z])[\u3002\uff61](?=[\da-z])/gi;

/** @returns the folded text, or `undefined` when nothing changes */
export function fold(text: string): string | undefined {
  const folded = (FOLDED.test(text) ? text.normalize("NFKC") : text)
    .replace(QUOTES, "'")
    .replace(/[\u560a\u560d]/g, (letter) => (letter === "\u560a" ? "\n" : "\r"))
    .replace(/[\u2044\u2215]/g, "/")
    .replace(/\u2216/g, "\\")
    .replace(HOST_DOT, ".");
  return folded === text ? undefined : folded;
}
