/** One detection: what fired, its arithmetic as a line with a mark, and the requests behind it. */
/** @import { PageDetection } from "../page.ts" */
import { count, plural } from "../../format-values.ts";
import { percent, shortSpan } from "../view/figures.ts";
import { kindWords, outcomeWords, sentence } from "../view/words.ts";
import { element, logged } from "./element.js";
import { evidence } from "./evidence.js";
import { gauge } from "./gauge.js";
import { severityBadge } from "./icons.js";
import { leftOut } from "./section.js";

/**
 * @param {PageDetection} detection
 * @param {string} told what was already said: an explanation that is part of it is not repeated
 * @param {"h3" | "h4"} level of its heading
 */
export function detectionBlock(detection, told, level) {
  const made = element("section", `detection ${detection.severity}`);
  made.id = detection.id;
  made.append(heading(detection, level), gauge(detection));
  if (detection.explanation !== "" && !told.includes(detection.explanation)) {
    made.append(element("p", "explanation", logged("", detection.explanation)));
  }
  if (detection.samples.length > 0) made.append(evidence(detection.samples));
  const left = detection.sampleCount - detection.samples.length;
  if (left > 0) {
    const all = detection.samples.length === 0;
    made.append(leftOut(`${all ? plural(left, "sample") : `${count(left)} more samples`} left out here.`));
  }
  return made;
}

/**
 * @param {PageDetection} detection
 * @param {"h3" | "h4"} level
 */
function heading(detection, level) {
  const title = element(level, "", severityBadge(detection.severity), sentence(kindWords(detection)));
  if (detection.endpoint !== "") title.append(" ", logged("code", detection.endpoint));
  const facts = [
    sentence(outcomeWords(detection.outcome)),
    `${percent(detection.confidence)} confidence`,
    shortSpan(detection.from, detection.to),
    plural(detection.events, "event"),
  ];
  const line = element("p", "detection-facts", ...facts.map((fact) => element("span", "", fact)));
  return element("div", "detection-head", title, line);
}
