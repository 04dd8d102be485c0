/** How far an attack came, as a chain of stages with the reached ones filled. */
/** @import { Stage } from "../../../event.ts" */
import { STAGES } from "../../../event.ts";
import { sentence } from "../view/words.ts";
import { element, spoken } from "./element.js";

/** @param {readonly Stage[]} reached */
export function stageChain(reached) {
  const chain = element("ol", "stages");
  chain.setAttribute("aria-label", "Stages of the attack");
  for (const stage of STAGES) {
    const was = reached.includes(stage);
    const dot = element("span", "dot");
    chain.append(
      element(
        "li",
        was ? "reached" : "",
        dot,
        element("span", "", sentence(stage)),
        spoken(was ? " (reached)" : " (not seen)"),
      ),
    );
  }
  return chain;
}

/** The same as dots alone, for a line of the list. @param {readonly Stage[]} reached */
export function stageDots(reached) {
  const made = element(
    "span",
    "stage-dots",
    spoken(reached.length === 0 ? "" : `stages: ${reached.join(", ")}`),
  );
  if (reached.length > 0) made.title = reached.join(" → ");
  for (const stage of STAGES) made.append(element("span", reached.includes(stage) ? "dot reached" : "dot"));
  return made;
}
