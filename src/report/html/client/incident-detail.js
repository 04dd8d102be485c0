/** Everything that is known of an incident: the story, what to do, who and when, and the proof. */
/** @import { Page, PageIncident } from "../page.ts" */
import { count, duration, plural } from "../../format-values.ts";
import { moment, spanWords } from "../view/figures.ts";
import { categoryWords, entityWords, outcomeWords, sentence } from "../view/words.ts";
import { detectionBlock } from "./detection-block.js";
import { element, logged } from "./element.js";
import { members } from "./members.js";
import { leftOut } from "./section.js";
import { stageChain } from "./stages.js";

/**
 * @param {PageIncident} incident
 * @param {Page} page
 */
export function incidentDetail(incident, page) {
  const story = element("div", "story");
  if (incident.stages.length > 0) story.append(stageChain(incident.stages));
  if (incident.summary !== "") story.append(element("p", "summary", logged("", incident.summary)));
  if (incident.recommendation !== "") story.append(advice(incident.recommendation));
  const detail = [
    element("div", "overview", story, facts(incident)),
    ...incident.detections.map((detection) => detectionBlock(detection, incident.summary, "h4")),
  ];
  const left = incident.detectionCount - incident.detections.length;
  if (left > 0) {
    const some =
      incident.detections.length === 0 ? plural(left, "detection") : `${count(left)} more detections`;
    detail.push(leftOut(`${some} left out here; "${page.command} --output json" has all.`));
  }
  return detail;
}

/** One step a line: it is a list of things to do. @param {string} text */
function advice(text) {
  const steps = text.split(/(?<=[.!?])\s+(?=\p{Lu})/u).map((step) => element("li", "", logged("", step)));
  return element("div", "advice", element("h4", "", "What to do"), element("ul", "", ...steps));
}

/** @param {PageIncident} incident */
function facts(incident) {
  const list = element("dl", "facts");
  add(sentence(entityWords(incident.who.type)), logged("", incident.who.value));
  if (incident.memberCount > 1) add("Sources", members(incident.members, incident.memberCount));
  const targets = [
    ...new Set(incident.detections.map(({ endpoint }) => endpoint).filter((each) => each !== "")),
  ];
  if (targets.length > 0)
    add("Target", ...targets.slice(0, 5).map((each) => element("div", "", logged("code", each))));
  add("When", `${spanWords(incident.from, incident.to)} UTC`, lasted(incident));
  add("Detected", `${moment(incident.detectedAt)} UTC`, delay(incident));
  add("Events", count(incident.events));
  add("Outcome", sentence(outcomeWords(incident.outcome)));
  add("Kind", sentence(incident.categories.map(categoryWords).join(", ")));
  return list;

  /**
   * @param {string} term
   * @param {...(Node | string)} values
   */
  function add(term, ...values) {
    list.append(element("div", "", element("dt", "", term), element("dd", "", ...values)));
  }
}

/** @param {PageIncident} incident */
function lasted({ from, to }) {
  if (from === null || to === null || to - from < 1000) return "";
  return element("span", "note", ` ${duration(to - from)}`);
}

/** @param {PageIncident} incident */
function delay({ from, detectedAt }) {
  if (from === null || detectedAt === null) return "";
  const late = detectedAt - from;
  return element(
    "span",
    "note",
    late < 1000 ? " with its first event" : ` ${duration(late)} after its first event`,
  );
}
