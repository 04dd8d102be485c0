/** The two ways text goes into the page's source: as HTML text or attribute, and as JSON in a script element. */

const NAMES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function htmlText(text: string): string {
  return text.replace(/[&<>"']/g, (found) => NAMES[found] ?? "");
}

/** JSON without a character that could end the script element, open a comment, or end a line of script. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
