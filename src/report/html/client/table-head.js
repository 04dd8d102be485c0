import { element } from "./element.js";

/** @param {string} text */
export function columnHead(text) {
  const made = element("th", "", text);
  made.scope = "col";
  return made;
}
