/** Code that a text shows rather than sends: between Markdown's fences, in a field of text. */
import type { Context } from "./context.ts";

export function isQuotedCode(text: string, context: Context): boolean {
  if (context.place !== "field" && context.place !== "body") return false;
  const open = text.indexOf("```");
  return (
    open >= 0 && text.indexOf("```", open + 3) > open + 3 && (open === 0 || text.charCodeAt(open - 1) === 10)
  );
}
