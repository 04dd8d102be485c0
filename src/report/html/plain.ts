/**
 * The report without its script: for readers whose mail gateway or browser takes scripts away. The script replaces
 * it as soon as it runs.
 */
import { count, duration, plural, span } from "../format-values.ts";
import { htmlText } from "./escape.ts";
import type { Page, PageIncident } from "./page.ts";

const IN_FULL = 100;
const BY_TITLE = 400;

export function plainReport(page: Page): string {
  const rest = page.incidents.slice(IN_FULL);
  const shown = Math.min(page.incidents.length, IN_FULL + BY_TITLE);
  const left = page.incidents.length + page.omitted.incidents - shown;
  return [
    `<p class="brand">Vedette</p>`,
    `<h1>${htmlText(page.verdict)}</h1>`,
    `<p>${htmlText(scanned(page))}</p>`,
    ...page.incidents.slice(0, IN_FULL).map(inFull),
    rest.length === 0 ? "" : `<h2>${plural(rest.length, "more incident")}</h2>`,
    rest.length === 0 ? "" : `<ul>${rest.slice(0, BY_TITLE).map(byTitle).join("")}</ul>`,
    left > 0
      ? `<p>${count(left)} further incidents: ${htmlText(page.command)} --output json has all.</p>`
      : "",
    "<p>With scripts allowed this page shows the traffic, the evidence and the arithmetic behind each line.</p>",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function scanned(page: Page): string {
  const formats = [...new Set(page.inputs.map(({ title }) => title).filter((title) => title !== ""))];
  const parts = [
    page.subject,
    formats.join(", ") || "no known format",
    plural(page.parsed, "request"),
    page.from === null || page.to === null
      ? "no times"
      : `${span(page.from, page.to)} UTC (${duration(page.to - page.from)})`,
  ];
  return parts.join(" · ");
}

function inFull(incident: PageIncident): string {
  return [
    "<article>",
    `<h2>${htmlText(incident.title)}</h2>`,
    `<p>${htmlText(facts(incident))}</p>`,
    incident.summary === "" ? "" : `<p>${htmlText(incident.summary)}</p>`,
    incident.recommendation === "" ? "" : `<p><b>What to do:</b> ${htmlText(incident.recommendation)}</p>`,
    "</article>",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function byTitle(incident: PageIncident): string {
  return `<li>${htmlText(`${incident.severity}: ${incident.title}`)}</li>`;
}

function facts(incident: PageIncident): string {
  return [
    `${incident.severity}, risk ${incident.risk}`,
    incident.outcome.replaceAll("_", " "),
    incident.from === null || incident.to === null ? "" : `${span(incident.from, incident.to)} UTC`,
    plural(incident.events, "event"),
    incident.stages.join(" → "),
  ]
    .filter((part) => part !== "")
    .join(" · ");
}
