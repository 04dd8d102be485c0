/** One incident: a line to scan, and behind it everything that is known, made when it is first opened. */
/** @import { Page, PageIncident } from "../page.ts" */
import { plural } from "../../format-values.ts";
import { shortSpan } from "../view/figures.ts";
import { button, drawn, element, logged, spoken } from "./element.js";
import { outcomeBadge, severityBadge } from "./icons.js";
import { incidentDetail } from "./incident-detail.js";
import { stageDots } from "./stages.js";

/**
 * Made when it is first shown: of thousands most never are.
 * @param {PageIncident} incident
 * @param {Page} page
 */
export function incidentItem(incident, page) {
  /** @type {ReturnType<typeof make> | undefined} */
  let made;
  const parts = () => {
    made ??= make(incident, () => toggle(!isOpen()));
    return made;
  };
  return {
    get node() {
      return parts().node;
    },
    isOpen,
    toggle,
    focus: () => parts().row.focus({ preventScroll: true }),
  };

  function isOpen() {
    return made !== undefined && !made.detail.hidden;
  }

  /** @param {boolean} open */
  function toggle(open) {
    const { row, detail, node } = parts();
    if (open && detail.children.length === 0) detail.append(...incidentDetail(incident, page));
    detail.hidden = !open;
    row.setAttribute("aria-expanded", String(open));
    node.classList.toggle("open", open);
  }
}

/**
 * @param {PageIncident} incident
 * @param {() => void} onClick
 */
function make(incident, onClick) {
  const row = button(
    "row",
    onClick,
    severityBadge(incident.severity),
    risk(incident.risk),
    element("span", "title", logged("", incident.title)),
    outcomeBadge(incident.outcome),
    stageDots(incident.stages),
    element("span", "when", shortSpan(incident.from, incident.to)),
    element("span", "events", plural(incident.events, "event")),
  );
  const detail = element("div", "detail");
  detail.id = `${incident.id}-detail`;
  detail.hidden = true;
  row.setAttribute("aria-expanded", "false");
  row.setAttribute("aria-controls", detail.id);
  const link = element("a", "permalink", "#");
  link.href = `#${encodeURIComponent(incident.id)}`;
  link.title = "Link to this incident";
  link.setAttribute("aria-label", "Link to this incident");
  const node = element(
    "article",
    `incident ${incident.severity}`,
    element("div", "line", element("h3", "", row), link),
    detail,
  );
  node.id = incident.id;
  return { node, row, detail };
}

/** @param {number} value 0 to 100 */
function risk(value) {
  const bar = drawn(
    "svg",
    { viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" },
    drawn("rect", { width: 100, height: 6, class: "track" }),
    drawn("rect", { width: Math.max(0, Math.min(100, value)), height: 6, class: "reach" }),
  );
  return element("span", "risk", spoken("risk "), String(Math.round(value)), bar);
}
