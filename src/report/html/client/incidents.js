/** The incidents: what to see of them, in which order, and each one opened in place. */
/** @import { Page, PageIncident } from "../page.ts" */
import { count, plural } from "../../format-values.ts";
import { choose, EVERYTHING, searchText } from "../view/choose.ts";
import { button, element } from "./element.js";
import { incidentItem } from "./incident-item.js";
import { paged } from "./paged.js";
import { leftOut, section } from "./section.js";
import { toolbar } from "./toolbar.js";

const SIZES = { first: 50, step: 100 };

/** @param {Page} page */
export function incidents(page) {
  const items = new Map(page.incidents.map((incident) => [incident, incidentItem(incident, page)]));
  /** @type {Map<PageIncident, string>} */
  const texts = new Map();
  const list = element("div", "incident-list");
  const pages = paged(list, (/** @type {PageIncident} */ incident) => itemOf(incident).node, SIZES);
  const none = element(
    "p",
    "none",
    "No incident fits. ",
    button("quiet", () => bar.clear(), "Show all"),
  );
  const openAll = button("quiet open-all", toggleAll, "Expand all");
  const bar = toolbar(page.incidents, update, openAll);
  let choice = EVERYTHING;
  update(EVERYTHING);

  const node = section(
    "incidents",
    "Incidents",
    page.incidents.length === 0 ? page.verdict : "",
    ...omitted(page),
    ...(page.incidents.length === 0 ? [] : [bar.node, list, pages.more, none]),
  );
  return { node, reveal, openForPrint };

  /** @param {import("../view/choose.ts").Choice} next */
  function update(next) {
    choice = next;
    const chosen = choose(page.incidents, choice, textOf);
    pages.set(chosen);
    none.hidden = chosen.length > 0;
    const total = page.incidents.length + page.omitted.incidents;
    bar.say(
      chosen.length === total
        ? plural(total, "incident")
        : `${count(chosen.length)} of ${count(total)} incidents`,
    );
    label();
  }

  function toggleAll() {
    const open = !allOpen();
    for (const incident of pages.shown()) itemOf(incident).toggle(open);
    label();
  }

  function allOpen() {
    const shown = pages.shown();
    return shown.length > 0 && shown.every((incident) => itemOf(incident).isOpen());
  }

  function label() {
    openAll.textContent = allOpen() ? "Collapse all" : "Expand all";
  }

  /** Brings an incident, or the one a detection belongs to, into view. @param {string} id */
  function reveal(id) {
    const incident = page.incidents.find(
      (each) => each.id === id || each.detections.some((one) => one.id === id),
    );
    if (incident === undefined) return false;
    if (!choose([incident], choice, textOf).includes(incident)) bar.clear();
    pages.reach(choose(page.incidents, choice, textOf).indexOf(incident) + 1);
    const item = itemOf(incident);
    item.toggle(true);
    const detection = id === incident.id ? null : document.getElementById(id);
    (detection ?? item.node).scrollIntoView({ block: "start" });
    if (detection === null) item.focus();
    return true;
  }

  /** Shows all that fit the choice and opens the first `most`; gives back what undoes it. @param {number} most */
  function openForPrint(most) {
    const before = pages.shown().length;
    pages.reach(Number.MAX_SAFE_INTEGER);
    const opened = pages
      .shown()
      .slice(0, most)
      .filter((incident) => !itemOf(incident).isOpen());
    for (const incident of opened) itemOf(incident).toggle(true);
    return () => {
      for (const incident of opened) itemOf(incident).toggle(false);
      if (pages.shown().length > before) pages.set(choose(page.incidents, choice, textOf));
      pages.reach(before);
    };
  }

  /** @param {PageIncident} incident */
  function itemOf(incident) {
    const item = items.get(incident);
    if (item === undefined) throw new Error("an incident that is not on this page");
    return item;
  }

  /** @param {PageIncident} incident */
  function textOf(incident) {
    const text = texts.get(incident) ?? searchText(incident);
    texts.set(incident, text);
    return text;
  }
}

/** @param {Page} page */
function omitted({ omitted: left, command }) {
  /** @type {string[]} */
  const parts = [];
  if (left.incidents > 0) parts.push(`the ${plural(left.incidents, "least grave incident")}`);
  if (left.detections > 0) parts.push(plural(left.detections, "detection"));
  if (left.samples > 0) parts.push(`${plural(left.samples, "sample")} of evidence`);
  if (parts.length === 0) return [];
  return [
    leftOut(`Left out to keep this file small: ${parts.join(", ")}. "${command} --output json" has all.`),
  ];
}
