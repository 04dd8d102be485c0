/** On paper everything is open and nothing waits to be clicked; afterwards the page is as it was. */
import { plural } from "../../format-values.ts";
import { openNow } from "./lazy-details.js";
import { leftOut } from "./section.js";

/** More opened incidents than this make a book. */
const MOST_OPEN = 200;

/**
 * @param {HTMLElement} root
 * @param {{ readonly node: HTMLElement, openForPrint(most: number): () => void }} incidents
 * @param {number} total
 */
export function preparePrint(root, incidents, total) {
  /** @type {(() => void) | undefined} */
  let undo;
  addEventListener("beforeprint", open);
  addEventListener("afterprint", close);
  // Programs that print by emulating the medium send no event.
  matchMedia("print").addEventListener("change", (event) => (event.matches ? open() : close()));

  function open() {
    if (undo !== undefined) return;
    const closeIncidents = incidents.openForPrint(MOST_OPEN);
    const closed = [...root.querySelectorAll("details")].filter(
      (each) => !each.open && !each.matches(".steps"),
    );
    for (const each of closed) openNow(each);
    const rest = leftOut(`${plural(total - MOST_OPEN, "less grave incident")} by title only.`);
    if (total > MOST_OPEN) incidents.node.append(rest);
    undo = () => {
      closeIncidents();
      for (const each of closed) each.open = false;
      rest.remove();
    };
  }

  function close() {
    undo?.();
    undo = undefined;
  }
}
