/** A part that opens, made when it first does. */
import { element } from "./element.js";

/** @type {WeakMap<HTMLDetailsElement, () => void>} */
const waiting = new WeakMap();

/**
 * @param {string} className
 * @param {HTMLElement} summary
 * @param {() => readonly Node[]} body
 */
export function lazyDetails(className, summary, body) {
  const made = element("details", className, summary);
  waiting.set(made, () => {
    waiting.delete(made);
    made.append(...body());
  });
  made.addEventListener("toggle", () => {
    if (made.open) waiting.get(made)?.();
  });
  return made;
}

/** Opens it with its content there at once: the toggle event comes too late for a printer. */
export function openNow(/** @type {HTMLDetailsElement} */ details) {
  waiting.get(details)?.();
  details.open = true;
}
