/** One series as bars in a drawing that stretches with the page. */
import { drawn } from "./element.js";

const HEIGHT = 100;
/** The smallest bar that is told from nothing. */
const LEAST = 4;

/** @param {readonly number[]} series */
export function lanePlot(series) {
  const most = Math.max(...series, 1);
  const bars = drawn("path", { class: "bars" });
  const svg = drawn(
    "svg",
    { viewBox: `0 0 ${series.length} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    bars,
  );
  scale(false);
  return { svg, scale };

  /** @param {boolean} root square-root scale instead of a linear one */
  function scale(root) {
    let path = "";
    for (const [index, value] of series.entries()) {
      if (value <= 0) continue;
      const share = root ? Math.sqrt(value / most) : value / most;
      const height = Math.max(LEAST, share * HEIGHT);
      path += `M${index + 0.1} ${HEIGHT}v${-height}h.8v${height}z`;
    }
    bars.setAttribute("d", path);
  }
}
