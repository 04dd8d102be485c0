/** What this log does not say, what that hides, and the line that would add it. */
/** @import { Page, PageBlindSpot } from "../page.ts" */
import { sentence } from "../view/words.ts";
import { copyButton } from "./copy-button.js";
import { element, logged } from "./element.js";
import { section } from "./section.js";

/** @param {Page} page */
export function blindSpots(page) {
  return section(
    "blind-spots",
    "Blind spots",
    "What this log does not say cannot be seen in it. Add the fields that matter to you.",
    element("div", "spots", ...page.blindSpots.map(spot)),
  );
}

/** @param {PageBlindSpot} blind */
function spot(blind) {
  const made = element(
    "div",
    "spot",
    element("h3", "", sentence(blind.title), " ", element("span", "note code", blind.field)),
    element("ul", "", ...blind.lost.map((each) => element("li", "", logged("", each)))),
  );
  if (blind.advice !== "") {
    const line = element("code", "", blind.advice);
    made.append(
      element(
        "div",
        "configuration",
        line,
        copyButton("Copy", () => blind.advice, line),
      ),
    );
  }
  return made;
}
