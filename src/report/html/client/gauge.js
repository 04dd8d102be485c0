/** Observed against expected and the threshold, on one line. */
/** @import { PageDetection } from "../page.ts" */
import { measured } from "../view/figures.ts";
import { gaugeOf } from "../view/gauge.ts";
import { drawn, element, logged } from "./element.js";

/** @param {PageDetection} detection */
export function gauge(detection) {
  const { unit } = detection;
  const { observed, expected, threshold, against } = gaugeOf(detection);
  const line = drawn(
    "svg",
    { viewBox: "0 0 100 12", preserveAspectRatio: "none", "aria-hidden": "true" },
    drawn("rect", { x: 0, y: 3, width: 100, height: 6, class: "track" }),
    drawn("rect", { x: 0, y: 3, width: observed * 100, height: 6, class: "observed" }),
  );
  if (expected !== null) line.append(mark(expected, "expected", 2.5, 9.5));
  line.append(mark(threshold, "threshold", 0, 12));
  const numbers = element("p", "numbers", number("observed", "Observed", measured(detection.observed, unit)));
  numbers.append(number("threshold", "Line", measured(detection.threshold, unit)));
  if (detection.expected !== null)
    numbers.append(number("expected", "Usual", measured(detection.expected, unit)));
  if (against !== "") numbers.append(element("span", "against", against));
  return element(
    "figure",
    "gauge",
    line,
    element("figcaption", "", numbers, element("p", "unit", logged("", unit))),
  );
}

/**
 * @param {number} share
 * @param {string} name
 * @param {number} from
 * @param {number} to
 */
function mark(share, name, from, to) {
  return drawn("path", {
    d: `M${share * 100} ${from}V${to}`,
    class: `mark ${name}`,
    "vector-effect": "non-scaling-stroke",
  });
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string} value
 */
function number(name, label, value) {
  return element("span", `number ${name}`, element("i", "key"), `${label} `, element("b", "", value));
}
