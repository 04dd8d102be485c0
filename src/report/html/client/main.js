/** Builds the page from the data it carries, and puts it in the place of the plain report. */
/** @import { Page } from "../page.ts" */
import { alsoSeen } from "./also-seen.js";
import { blindSpots } from "./blind-spots.js";
import { element } from "./element.js";
import { header } from "./header.js";
import { incidents } from "./incidents.js";
import { made } from "./made.js";
import { preparePrint } from "./print.js";
import { problems } from "./problems.js";
import { services } from "./services.js";
import { traffic } from "./traffic.js";

const root = document.getElementById("report");
const source = document.getElementById("report-data");
if (root !== null && source !== null) build(root, JSON.parse(source.textContent ?? ""));

/**
 * @param {HTMLElement} place
 * @param {Page} page
 */
function build(place, page) {
  const list = incidents(page);
  const parts = [
    { id: "traffic", title: "Traffic", count: null, node: traffic(page) },
    {
      id: "incidents",
      title: "Incidents",
      count: page.incidents.length + page.omitted.incidents,
      node: list.node,
    },
  ];
  if (page.alsoSeen.length > 0) {
    parts.push({ id: "also-seen", title: "Also seen", count: page.alsoSeen.length, node: alsoSeen(page) });
  }
  if (page.services.length > 0) {
    const count = page.services.reduce((sum, { endpoints }) => sum + endpoints.length, 0);
    parts.push({ id: "endpoints", title: "Endpoints", count, node: services(page) });
  }
  if (page.blindSpots.length > 0) {
    parts.push({
      id: "blind-spots",
      title: "Blind spots",
      count: page.blindSpots.length,
      node: blindSpots(page),
    });
  }
  if (page.problems.length > 0) {
    parts.push({ id: "problems", title: "Problems", count: page.problems.length, node: problems(page) });
  }
  parts.push({ id: "made", title: "About", count: null, node: made(page) });

  place.replaceChildren(header(page, parts), element("main", "", ...parts.map(({ node }) => node)));
  place.classList.remove("plain");
  preparePrint(place, list, page.incidents.length);
  addEventListener("hashchange", follow);
  follow();

  function follow() {
    const id = fragment();
    if (id !== "" && !list.reveal(id)) document.getElementById(id)?.scrollIntoView();
  }
}

/** The name after the # of the address; a badly encoded one is taken as it stands. */
function fragment() {
  const text = location.hash.slice(1);
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
