/** Round times under the chart, and a thin line through the lanes at each. */
/** @import { Steps } from "../view/steps.ts" */
import { day, tickWords } from "../view/figures.ts";
import { ticks } from "../view/steps.ts";
import { element } from "./element.js";

const MOST_TICKS = 9;
/** A label nearer to the end than this would stand outside the chart. */
const END = 0.95;
/** Room enough before the first round time to name the day at the start. */
const START = 0.06;
const DAY = 86_400_000;

/** @param {Steps} steps */
export function axis(steps) {
  const { times, stepMs } = ticks(steps.start, steps.end, MOST_TICKS);
  const made = element("div", "axis");
  made.setAttribute("aria-hidden", "true");
  const share = (/** @type {number} */ time) => (time - steps.start) / (steps.end - steps.start);
  const [first = steps.end] = times;
  if (share(first) > START) add(steps.start, day(steps.start), "tick start");
  for (const time of times) {
    add(time, share(time) < END ? tickWords(time, stepMs) : "", time % DAY === 0 ? "tick day" : "tick");
  }
  return made;

  /**
   * @param {number} time
   * @param {string} words
   * @param {string} className
   */
  function add(time, words, className) {
    const tick = element("span", className, element("span", "", words));
    tick.style.left = `${share(time) * 100}%`;
    made.append(tick);
  }
}
