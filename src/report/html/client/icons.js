/** Severity and outcome as shapes, so that neither is told by colour alone. The word always stands beside them. */
/** @import { Outcome, Severity } from "../../../event.ts" */
import { outcomeWords, sentence } from "../view/words.ts";
import { drawn, element } from "./element.js";

const BARS = { info: 0, low: 1, medium: 2, high: 3, critical: 4 };

/** @param {Severity} severity */
function severityIcon(severity) {
  const icon = drawn("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" });
  const reached = BARS[severity];
  if (reached === 0) {
    icon.append(
      drawn("circle", { cx: 8, cy: 8, r: 5.5, class: "hollow" }),
      drawn("circle", { cx: 8, cy: 8, r: 1.6, class: "solid" }),
    );
    return icon;
  }
  if (reached === 4) {
    icon.append(
      drawn("rect", { x: 1, y: 1, width: 14, height: 14, rx: 3.5, class: "solid" }),
      drawn("rect", { x: 7, y: 3.6, width: 2, height: 5.6, rx: 1, class: "cut" }),
      drawn("circle", { cx: 8, cy: 11.6, r: 1.2, class: "cut" }),
    );
    return icon;
  }
  for (const [index, height] of [5, 9, 13].entries()) {
    const bar = { x: 1.5 + index * 4.8, y: 14.5 - height, width: 3.4, height, rx: 1 };
    icon.append(drawn("rect", { ...bar, class: index < reached ? "solid" : "faint" }));
  }
  return icon;
}

/** @param {Severity} severity */
export function severityBadge(severity) {
  return element("span", `severity ${severity}`, severityIcon(severity), sentence(severity));
}

/** A disc, filled as far as it worked. @param {Outcome} outcome */
export function outcomeBadge(outcome) {
  const icon = drawn("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" });
  const ring = outcome === "unknown" ? "hollow dashed" : "hollow";
  icon.append(drawn("circle", { cx: 8, cy: 8, r: 5.5, class: ring }));
  if (outcome === "succeeded") icon.append(drawn("circle", { cx: 8, cy: 8, r: 6.2, class: "solid" }));
  if (outcome === "probably_succeeded") {
    icon.append(drawn("path", { d: "M8 1.8a6.2 6.2 0 0 1 0 12.4z", class: "solid" }));
  }
  return element("span", `outcome ${outcome}`, icon, sentence(outcomeWords(outcome)));
}

/** A lance's pennant: the mark of the one who rides ahead. */
export function mark() {
  return drawn(
    "svg",
    { class: "mark", viewBox: "0 0 20 20", "aria-hidden": "true" },
    drawn("rect", { x: 3, y: 1, width: 2, height: 18, rx: 1, class: "solid" }),
    drawn("path", { d: "M6.5 3h11l-3.6 3.75 3.6 3.75h-11z", class: "solid" }),
  );
}
