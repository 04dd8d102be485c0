/** Style sheets that run script or load foreign ones: old `expression()` and bindings, imports, script URLs. */
export function judgeStyle(style: string): number {
  const tight = withoutEscapes(style)
    .toLowerCase()
    .replace(/\/\*[^*]*\*\//g, "")
    .replace(/\s+/g, "");
  if (tight.includes("expression(")) return 0.85;
  if (tight.includes("-moz-binding") || tight.includes("behavior:") || tight.includes("behaviour:"))
    return 0.8;
  if (tight.includes("javascript:") || tight.includes("vbscript:") || tight.includes("data:text/html"))
    return 0.85;
  if (tight.includes("@import")) return 0.65;
  return 0;
}

/** CSS escapes: `\65` and `\000065` are the letter e (CSS Syntax 3, 4.3.7). */
function withoutEscapes(style: string): string {
  if (!style.includes("\\")) return style;
  return style.replace(
    /\\([0-9a-f]{1,6}) ?|\\(.)/gi,
    (_, hex: string | undefined, other: string | undefined) => {
      if (hex === undefined) return other ?? "";
      const point = Number.parseInt(hex, 16);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : "";
    },
  );
}
