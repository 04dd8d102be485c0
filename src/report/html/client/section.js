/** A part of the page under its heading, which the links at the top lead to. */
import { element } from "./element.js";

/**
 * @param {string} id
 * @param {string} title
 * @param {string} lead one sentence on what it shows; may be empty
 * @param {...Node} children
 */
export function section(id, title, lead, ...children) {
  const heading = element("h2", "", title);
  heading.id = `${id}-title`;
  const made = element("section", `part ${id}`, heading);
  made.id = id;
  made.setAttribute("aria-labelledby", heading.id);
  if (lead !== "") made.append(element("p", "lead", lead));
  made.append(...children);
  return made;
}

/** What is not shown, said where it is missed. @param {string} text */
export function leftOut(text) {
  return element("p", "left-out", text);
}
