/** A long list shown a page at a time, so that thousands of items open at once. */
import { count } from "../../format-values.ts";
import { button } from "./element.js";

/**
 * @template Item
 * @param {HTMLElement} list
 * @param {(item: Item) => Node} show
 * @param {{ readonly first: number, readonly step: number }} sizes
 */
export function paged(list, show, sizes) {
  /** @type {readonly Item[]} */
  let items = [];
  let shown = 0;
  const more = button("quiet more", () => reach(shown + sizes.step), "");

  return { more, set, reach, shown: () => items.slice(0, shown) };

  /** @param {readonly Item[]} next */
  function set(next) {
    items = next;
    shown = 0;
    list.replaceChildren();
    reach(sizes.first);
  }

  /** Shows at least so many of them. @param {number} wanted */
  function reach(wanted) {
    const to = Math.min(items.length, Math.max(shown, wanted));
    list.append(...items.slice(shown, to).map(show));
    shown = to;
    const left = items.length - shown;
    more.hidden = left === 0;
    more.textContent =
      left <= sizes.step
        ? `Show the other ${count(left)}`
        : `Show ${count(sizes.step)} more of ${count(left)}`;
  }
}
