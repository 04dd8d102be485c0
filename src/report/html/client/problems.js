/** What could not be read, and what to do about it. */
/** @import { Page } from "../page.ts" */
import { count } from "../../format-values.ts";
import { element, logged } from "./element.js";
import { leftOut, section } from "./section.js";

/** @param {Page} page */
export function problems(page) {
  const left = page.omitted.problems;
  return section(
    "problems",
    "What could not be read",
    "The rest was scanned.",
    element(
      "ul",
      "problem-list",
      ...page.problems.map(({ code, input, message, remedy }) =>
        element(
          "li",
          "",
          element("p", "", logged("code", input), " ", logged("", message)),
          element("p", "note", logged("", remedy), ` ${code}`),
        ),
      ),
    ),
    ...(left > 0 ? [leftOut(`${count(left)} more of the kind are left out.`)] : []),
  );
}
