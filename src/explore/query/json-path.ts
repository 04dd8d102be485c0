/** A value inside a text of JSON, as the store reads it (JSONExtractString). */
import { type JsonNode, JsonNumber, JsonObject, parseJson } from "./json-text.ts";

/**
 * @returns a text as it is, a number or true or false as text, an object or list as JSON; empty when the text is
 *   no JSON or has nothing there
 */
export function readJsonPath(text: string, keys: readonly (string | number)[]): string {
  let node = parseJson(text);
  for (const key of keys) {
    if (node === undefined) return "";
    if (typeof key === "number") node = Array.isArray(node) ? node.at(key) : undefined;
    else node = node instanceof JsonObject ? node.get(key) : undefined;
  }
  if (node === undefined || node === null) return "";
  return typeof node === "string" ? node : jsonText(node);
}

function jsonText(node: JsonNode): string {
  if (node instanceof JsonNumber) return node.text;
  if (node instanceof JsonObject) {
    return `{${node.members.map(([name, value]) => `${quoted(name)}:${jsonText(value)}`).join(",")}}`;
  }
  if (Array.isArray(node)) return `[${node.map(jsonText).join(",")}]`;
  return typeof node === "string" ? quoted(node) : String(node);
}

/** The store also escapes the two line ends of JavaScript. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
