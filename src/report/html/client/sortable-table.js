/** A table whose columns sort it, a page at a time. */
import { button, element } from "./element.js";
import { paged } from "./paged.js";

/**
 * @template Row
 * @typedef {object} Column
 * @property {string} title
 * @property {string} className
 * @property {(row: Row) => Node | string} cell
 * @property {(row: Row) => number | string} key
 */

/**
 * @template Row
 * @param {readonly Column<Row>[]} columns
 * @param {readonly Row[]} rows in the order they first have
 * @param {{ readonly first: number, readonly step: number, readonly caption: string }} options
 */
export function sortableTable(columns, rows, options) {
  const body = element("tbody", "");
  const pages = paged(body, line, options);
  const heads = columns.map((column) => {
    const head = element(
      "th",
      column.className,
      button("sort", () => sort(column, head), column.title),
    );
    head.scope = "col";
    return head;
  });
  pages.set(rows);
  const caption = element("caption", "spoken", options.caption);
  const table = element(
    "table",
    "sortable",
    caption,
    element("thead", "", element("tr", "", ...heads)),
    body,
  );
  return [element("div", "scroll", table), pages.more];

  /** @param {Row} row */
  function line(row) {
    const cells = columns.map((column) => {
      const cell = element("td", column.className, column.cell(row));
      cell.dataset.title = column.title;
      return cell;
    });
    return element("tr", "", ...cells);
  }

  /**
   * Figures start with the largest, words with A.
   * @param {Column<Row>} column
   * @param {HTMLElement} head
   */
  function sort(column, head) {
    const [sample] = rows;
    const words = sample !== undefined && typeof column.key(sample) === "string";
    const before = head.getAttribute("aria-sort");
    const down = before === null ? !words : before === "ascending";
    for (const each of heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const shown = pages.shown().length;
    pages.set([...rows].sort((a, b) => (down ? -1 : 1) * compare(column.key(a), column.key(b))));
    pages.reach(shown);
  }
}

/**
 * @param {number | string} a
 * @param {number | string} b
 */
function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en");
}
