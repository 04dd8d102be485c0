/** The sources that acted as one: a few, all on demand, and a copy of them for a block list. */
import { count, plural } from "../../format-values.ts";
import { copyButton } from "./copy-button.js";
import { button, element, logged } from "./element.js";

const FEW = 8;

/**
 * @param {readonly string[]} names
 * @param {number} total
 */
export function members(names, total) {
  const made = element("div", "members", element("span", "", `${count(total)} in all`));
  if (names.length === 0) return made;
  const list = element("ul", "");
  const show = (/** @type {readonly string[]} */ some) =>
    list.append(...some.map((name) => element("li", "", logged("code", name))));
  show(names.slice(0, FEW));
  made.append(list);
  if (names.length > FEW) {
    const rest = names.slice(FEW);
    const more = button(
      "quiet",
      () => {
        show(rest);
        more.remove();
      },
      `Show ${count(rest.length)} more`,
    );
    made.append(more);
  }
  const which = names.length < total ? `the first ${count(names.length)}` : plural(names.length, "source");
  made.append(copyButton(`Copy ${which}`, () => `${names.join("\n")}\n`, list));
  return made;
}
