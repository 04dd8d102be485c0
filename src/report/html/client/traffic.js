/** Traffic over time: a lane for each kind of request on its own scale, the incidents under them. */
/** @import { Page } from "../page.ts" */
/** @import { Steps } from "../view/steps.ts" */
import { count, duration, plural } from "../../format-values.ts";
import { percent, step } from "../view/figures.ts";
import { foldSteps } from "../view/steps.ts";
import { axis } from "./axis.js";
import { crosshair } from "./crosshair.js";
import { button, element, spoken } from "./element.js";
import { incidentLane } from "./incident-lane.js";
import { lanePlot } from "./lane-plot.js";
import { LANES } from "./lanes.js";
import { section } from "./section.js";
import { stepsTable } from "./steps-table.js";

/** Bars that a chart as wide as a page can show apart. */
const MOST_STEPS = 240;

/** @param {Page} page */
export function traffic(page) {
  const steps = foldSteps(page.timeline, MOST_STEPS);
  if (steps.length < 2) {
    return section("traffic", "Traffic", "Too little time passes in this log to draw its traffic.");
  }
  const chart = element("div", "chart", axis(steps));
  const plots = LANES.map(({ key }) => lanePlot(steps[key]));
  for (const [index, lane] of LANES.entries()) chart.append(...laneRow(lane, steps, plots[index], index + 1));
  const incidents = incidentLane(page, steps);
  chart.append(...incidents, crosshair(steps));

  let root = false;
  const scale = button(
    "quiet scale",
    () => {
      root = !root;
      scale.setAttribute("aria-pressed", String(root));
      for (const plot of plots) plot.scale(root);
    },
    "Lift small values",
  );
  scale.setAttribute("aria-pressed", "false");
  scale.title = "Square-root scale: a few requests stay visible beside a flood";

  const figure = element("figure", "traffic-figure", chart, caption(steps));
  return section("traffic", "Traffic", "", scale, figure, stepsTable(steps));
}

/**
 * @param {(typeof LANES)[number]} lane
 * @param {Steps} steps
 * @param {ReturnType<typeof lanePlot> | undefined} plot
 * @param {number} row
 */
function laneRow(lane, steps, plot, row) {
  const total = sum(steps[lane.key]);
  const share = lane.key === "requests" || total === 0 ? "" : percent(total / sum(steps.requests));
  const label = element(
    "div",
    `lane-label ${lane.key}`,
    element("span", "swatch"),
    element("span", "name", lane.name, " ", element("span", "note", lane.note)),
    element("span", "total", count(total), element("span", "note", share)),
  );
  const peak = element(
    "div",
    "lane-peak",
    total === 0 ? "none" : `peak ${count(Math.max(...steps[lane.key]))}`,
  );
  const plotCell = element("div", `lane-plot ${lane.key}`, ...(plot === undefined ? [] : [plot.svg]));
  for (const cell of [label, plotCell, peak]) cell.style.gridRow = String(row);
  return [label, plotCell, peak];
}

/** @param {Steps} steps */
function caption(steps) {
  const busiest = steps.requests.indexOf(Math.max(...steps.requests));
  const at = steps.start + busiest * steps.stepMs;
  return element(
    "figcaption",
    "",
    `Each bar is ${duration(steps.stepMs)}; an attack is a request that carried a payload. Busiest: ${plural(steps.requests[busiest] ?? 0, "request")}, `,
    `${step(at, at + steps.stepMs)} UTC. `,
    spoken("Arrow keys on the chart read out each step. A table with all numbers follows."),
  );
}

/** @param {readonly number[]} series */
function sum(series) {
  return series.reduce((total, value) => total + value, 0);
}
