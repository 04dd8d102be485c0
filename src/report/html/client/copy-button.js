/** Copies a text; where the browser refuses, selects it so that the reader can. */
import { button } from "./element.js";

const SAID_MS = 2000;

/**
 * @param {string} label
 * @param {() => string} text
 * @param {HTMLElement | undefined} shown where the same text stands on the page
 */
export function copyButton(label, text, shown) {
  const made = button("quiet copy", copy, label);
  made.setAttribute("aria-live", "polite");
  return made;

  async function copy() {
    try {
      await navigator.clipboard.writeText(text());
      say("Copied");
    } catch {
      if (shown !== undefined) getSelection()?.selectAllChildren(shown);
      say(shown === undefined ? "Not allowed here" : "Selected: press Ctrl+C");
    }
  }

  /** @param {string} words */
  function say(words) {
    made.textContent = words;
    setTimeout(() => {
      made.textContent = label;
    }, SAID_MS);
  }
}
