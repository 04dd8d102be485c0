/** The chart's numbers as a table, made when it is asked for. */
/** @import { Steps } from "../view/steps.ts" */
import { count } from "../../format-values.ts";
import { step } from "../view/figures.ts";
import { element } from "./element.js";
import { LANES } from "./lanes.js";
import { lazyDetails } from "./lazy-details.js";
import { columnHead } from "./table-head.js";

/** @param {Steps} steps */
export function stepsTable(steps) {
  return lazyDetails("steps", element("summary", "", "The numbers as a table"), () => [table(steps)]);
}

/** @param {Steps} steps */
function table(steps) {
  const head = element(
    "tr",
    "",
    columnHead("Time (UTC)"),
    ...LANES.map(({ name, note }) => columnHead(note === "" ? name : `${name} (${note})`)),
  );
  const body = element("tbody", "");
  for (let index = 0; index < steps.length; index++) {
    const from = steps.start + index * steps.stepMs;
    const numbers = LANES.map(({ key }) => element("td", "figure", count(steps[key][index] ?? 0)));
    body.append(element("tr", "", element("td", "", step(from, from + steps.stepMs)), ...numbers));
  }
  return element("div", "scroll", element("table", "", element("thead", "", head), body));
}
