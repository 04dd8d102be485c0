/** The text before the first character of a kind: one pass, where replacing `X.*$` would try at every X. */
export function beforeFirst(text: string, kind: RegExp): string {
  const at = text.search(kind);
  return at < 0 ? text : text.slice(0, at);
}
