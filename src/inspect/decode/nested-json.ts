/** JSON text inside a string: its own strings, each a reading of its own, when they are worth a look. */
import type { Json } from "../../event.ts";
import { readJson } from "../values/json.ts";
import type { Sink, Value } from "../values/value.ts";

const MOST_STRINGS = 16;
const LONGEST = 65_536;

/** @returns path and text of each hot string inside; empty when the text is no JSON container */
export function readNestedJson(text: string): readonly Value[] {
  const first = text.trimStart().charAt(0);
  if ((first !== "{" && first !== "[" && first !== '"') || text.length > LONGEST) return [];
  const found: Value[] = [];
  const sink: Sink = {
    take: (value) => {
      if (value.text !== text && value.place === "field") found.push(value);
    },
    more: () => found.length < MOST_STRINGS,
  };
  try {
    readJson(JSON.parse(text) as Json, "$", sink);
  } catch {
    return [];
  }
  return found;
}
