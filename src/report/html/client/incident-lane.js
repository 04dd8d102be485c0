/** When each incident happened: a bar as thick as it is grave, leading to it. */
/** @import { Page } from "../page.ts" */
/** @import { Steps } from "../view/steps.ts" */
import { count } from "../../format-values.ts";
import { spanWords } from "../view/figures.ts";
import { layOut } from "../view/spans.ts";
import { element } from "./element.js";

const BOUNDS = { mostRows: 7, least: 0.008, gap: 0.003 };

/**
 * @param {Page} page
 * @param {Steps} steps
 */
export function incidentLane(page, steps) {
  const layout = layOut(page.incidents, { ...BOUNDS, start: steps.start, end: steps.end });
  const label = element("div", "lane-label incidents", element("span", "name", "Incidents"));
  const bars = element("div", "incident-bars");
  bars.style.setProperty("--rows", String(layout.rows));
  for (const { item, row, left, width } of layout.placed) {
    const bar = element("a", `incident-bar ${item.severity}`);
    bar.href = `#${encodeURIComponent(item.id)}`;
    // The list below has the same links with their words: here they would only lengthen the way of the Tab key.
    bar.tabIndex = -1;
    bar.setAttribute("aria-hidden", "true");
    bar.title = `${item.severity}: ${item.title}\n${spanWords(item.from, item.to)} UTC`;
    bar.style.left = `${left * 100}%`;
    bar.style.width = `${width * 100}%`;
    bar.style.setProperty("--row", String(row));
    bars.append(bar);
  }
  const rest = element("div", "lane-peak", layout.left === 0 ? "" : `${count(layout.left)} more`);
  return [label, bars, rest];
}
