/** The exact numbers of one step: under the pointer, or by the arrow keys. */
/** @import { Steps } from "../view/steps.ts" */
import { count, plural } from "../../format-values.ts";
import { step } from "../view/figures.ts";
import { element } from "./element.js";
import { LANES } from "./lanes.js";

/** @param {Steps} steps */
export function crosshair(steps) {
  const line = element("div", "crosshair");
  const tip = element("div", "tip");
  const field = element("div", "crosshair-field", line, tip);
  let at = 0;
  hide();

  field.tabIndex = 0;
  field.setAttribute("role", "slider");
  field.setAttribute("aria-label", "Traffic, step by step");
  field.setAttribute("aria-valuemin", "1");
  field.setAttribute("aria-valuemax", String(steps.length));
  speak();
  field.addEventListener("pointermove", (event) => {
    const box = field.getBoundingClientRect();
    show(Math.floor(((event.clientX - box.left) / box.width) * steps.length));
  });
  field.addEventListener("pointerleave", hide);
  field.addEventListener("focus", () => {
    if (field.matches(":focus-visible")) show(at);
  });
  field.addEventListener("blur", hide);
  field.addEventListener("keydown", (event) => {
    const to = target(event.key);
    if (to === undefined) return;
    event.preventDefault();
    show(to);
  });
  return field;

  /** @param {string} key */
  function target(key) {
    if (key === "ArrowRight" || key === "ArrowUp") return at + 1;
    if (key === "ArrowLeft" || key === "ArrowDown") return at - 1;
    if (key === "PageUp") return at + 10;
    if (key === "PageDown") return at - 10;
    if (key === "Home") return 0;
    return key === "End" ? steps.length - 1 : undefined;
  }

  /** @param {number} wanted */
  function show(wanted) {
    at = Math.max(0, Math.min(steps.length - 1, wanted));
    const share = (at + 0.5) / steps.length;
    line.style.left = `${share * 100}%`;
    tip.replaceChildren(element("p", "", `${times()} UTC`), ...LANES.map(row));
    tip.classList.toggle("before", share > 0.5);
    tip.style.left = share > 0.5 ? "" : `${share * 100}%`;
    tip.style.right = share > 0.5 ? `${(1 - share) * 100}%` : "";
    line.hidden = false;
    tip.hidden = false;
    speak();
  }

  function hide() {
    line.hidden = true;
    tip.hidden = true;
  }

  function speak() {
    const numbers = LANES.slice(1).map(
      ({ key, name }) => `${count(steps[key][at] ?? 0)} ${name.toLowerCase()}`,
    );
    const words = [`${times()} UTC: ${plural(steps.requests[at] ?? 0, "request")}`, ...numbers];
    field.setAttribute("aria-valuenow", String(at + 1));
    field.setAttribute("aria-valuetext", words.join(", "));
  }

  function times() {
    return step(steps.start + at * steps.stepMs, steps.start + (at + 1) * steps.stepMs);
  }

  /** @param {(typeof LANES)[number]} lane */
  function row({ key, name }) {
    const number = element("b", "", count(steps[key][at] ?? 0));
    return element("p", key, element("span", "swatch"), element("span", "", name), number);
  }
}
