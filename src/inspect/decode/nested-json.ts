/** JSON text inside a string: its own strings, each a reading of its own, when they are worth a look. */
import { readJsonText } from "../values/json-text.ts";
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
      if (value.text !== text && (value.place === "field" || value.place === "field name")) found.push(value);
    },
    more: () => found.length < MOST_STRINGS,
    cut: () => {},
  };
  return readJsonText(text, "$", sink) ? found : [];
}
