/** What to see of the incidents: by severity, kind and words, and in which order. */
/** @import { Category, Severity } from "../../../event.ts" */
/** @import { PageIncident } from "../page.ts" */
/** @import { Choice } from "../view/choose.ts" */
import { count } from "../../format-values.ts";
import { EVERYTHING, ORDERS } from "../view/choose.ts";
import { categoryWords, SEVERITY_ORDER, sentence } from "../view/words.ts";
import { button, element } from "./element.js";
import { severityBadge } from "./icons.js";

/**
 * @param {readonly PageIncident[]} incidents
 * @param {(choice: Choice) => void} onChange
 * @param {...Node} more
 */
export function toolbar(incidents, onChange, ...more) {
  let choice = EVERYTHING;
  const bySeverity = SEVERITY_ORDER.map((severity) => ({
    severity,
    number: incidents.filter((incident) => incident.severity === severity).length,
  })).filter(({ number }) => number > 0);
  const buttons = new Map(
    bySeverity.map(({ severity, number }) => [severity, severityButton(severity, number)]),
  );
  const categories = [...new Set(incidents.flatMap((incident) => incident.categories))].sort();
  const category = select("Kind", [
    ["", "All kinds"],
    ...categories.map((each) => /** @type {const} */ ([each, sentence(categoryWords(each))])),
  ]);
  const order = select(
    "Order",
    ORDERS.map((each) => /** @type {const} */ ([each, `${sentence(each)} first`])),
  );
  const search = element("input", "search");
  search.type = "search";
  search.placeholder = "Search titles, sources, evidence";
  search.setAttribute("aria-label", "Search incidents");
  const told = element("p", "told");
  told.setAttribute("role", "status");

  category.addEventListener("change", () => set({ category: /** @type {Category | ""} */ (category.value) }));
  order.addEventListener("change", () =>
    set({ order: ORDERS.find((each) => each === order.value) ?? "gravest" }),
  );
  search.addEventListener("input", () => set({ text: search.value }));
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });
  document.addEventListener("keydown", (event) => {
    const writing =
      event.target instanceof Element && event.target.closest("input, select, textarea") !== null;
    if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    search.focus();
  });

  const severities = element("div", "severities", ...buttons.values());
  severities.setAttribute("role", "group");
  severities.setAttribute("aria-label", "Severity");
  const node = element("div", "toolbar", severities, category, order, search, told, ...more);
  return { node, clear, say: (/** @type {string} */ words) => told.replaceChildren(words) };

  function clear() {
    search.value = "";
    category.value = "";
    set({ severities: new Set(), category: "", text: "" });
  }

  /** @param {Partial<Choice>} change */
  function set(change) {
    choice = { ...choice, ...change };
    for (const [severity, made] of buttons)
      made.setAttribute("aria-pressed", String(choice.severities.has(severity)));
    onChange(choice);
  }

  /**
   * @param {Severity} severity
   * @param {number} number
   */
  function severityButton(severity, number) {
    const made = button(
      "chip",
      () => toggle(severity),
      severityBadge(severity),
      element("span", "number", count(number)),
    );
    made.setAttribute("aria-pressed", "false");
    return made;
  }

  /** @param {Severity} severity */
  function toggle(severity) {
    const severities = new Set(choice.severities);
    if (!severities.delete(severity)) severities.add(severity);
    set({ severities });
  }
}

/**
 * @param {string} label
 * @param {readonly (readonly [value: string, words: string])[]} options
 */
function select(label, options) {
  const made = element("select", "");
  made.setAttribute("aria-label", label);
  for (const [value, words] of options) made.append(new Option(words, value));
  return made;
}
