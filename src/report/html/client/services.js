/** The services and endpoints that the traffic showed, busiest first. */
/** @import { Page, PageEndpoint } from "../page.ts" */
/** @import { Column } from "./sortable-table.js" */
import { count, plural } from "../../format-values.ts";
import { milliseconds, percent } from "../view/figures.ts";
import { drawn, element, logged } from "./element.js";
import { leftOut, section } from "./section.js";
import { sortableTable } from "./sortable-table.js";

/** @typedef {PageEndpoint & { readonly service: string }} Row */

/** Shares of errors worth a look. */
const REFUSED = 0.2;
const FAILED = 0.02;

/** @param {Page} page */
export function services(page) {
  const rows = page.services
    .flatMap((service) => service.endpoints.map((endpoint) => ({ ...endpoint, service: service.name })))
    .sort((a, b) => b.requests - a.requests);
  const most = rows[0]?.requests ?? 1;
  const timed = rows.some(({ p50 }) => p50 !== null);
  const left = page.omitted.endpoints;
  return section(
    "endpoints",
    "Services and endpoints",
    `${plural(rows.length, "endpoint")} of ${plural(page.services.length, "service")}, learnt from the traffic.`,
    ...sortableTable(columns(most, page.services.length > 1, timed), rows, {
      first: 12,
      step: 100,
      caption: "Endpoints with their requests and shares of errors",
    }),
    ...(left > 0 ? [leftOut(`${count(left)} rarer endpoints are left out.`)] : []),
  );
}

/**
 * @param {number} most
 * @param {boolean} several more than one service
 * @param {boolean} timed the log has durations
 * @returns {Column<Row>[]}
 */
function columns(most, several, timed) {
  /** @type {Column<Row>[]} */
  const made = [
    {
      title: "Endpoint",
      className: "endpoint",
      cell: (row) => logged("code", row.endpoint),
      key: (row) => row.endpoint,
    },
    {
      title: "Requests",
      className: "figure requests",
      cell: (row) => requests(row, most),
      key: (row) => row.requests,
    },
    share("Refused 4xx", "clientErrors", REFUSED),
    share("Failed 5xx", "serverErrors", FAILED),
  ];
  if (timed) made.push(time("Median", "p50"), time("95th percentile", "p95"));
  if (several)
    made.unshift({
      title: "Service",
      className: "service",
      cell: (row) => logged("", row.service),
      key: (row) => row.service,
    });
  return made;
}

/**
 * @param {string} title
 * @param {"clientErrors" | "serverErrors"} field
 * @param {number} high
 * @returns {Column<Row>}
 */
function share(title, field, high) {
  return {
    title,
    className: "figure",
    cell: (row) =>
      element("span", row[field] >= high ? "high" : row[field] === 0 ? "note" : "", percent(row[field])),
    key: (row) => row[field],
  };
}

/**
 * @param {string} title
 * @param {"p50" | "p95"} field
 * @returns {Column<Row>}
 */
function time(title, field) {
  return {
    title,
    className: "figure",
    cell: (row) => (row[field] === null ? "-" : milliseconds(row[field])),
    key: (row) => row[field] ?? -1,
  };
}

/**
 * @param {Row} row
 * @param {number} most
 */
function requests(row, most) {
  const bar = drawn(
    "svg",
    { viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    drawn("rect", { width: 100, height: 4, class: "track" }),
    drawn("rect", { width: (row.requests / most) * 100, height: 4, class: "reach" }),
  );
  return element("span", "with-bar", count(row.requests), bar);
}
