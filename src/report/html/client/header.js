/** What was scanned and what came of it, before anything else. */
/** @import { Page } from "../page.ts" */
import { count, duration, plural, span } from "../../format-values.ts";
import { element, logged } from "./element.js";
import { mark } from "./icons.js";

/**
 * @param {Page} page
 * @param {readonly { readonly id: string, readonly title: string, readonly count: number | null }[]} sections
 */
export function header(page, sections) {
  const links = element("nav", "sections");
  links.setAttribute("aria-label", "Sections");
  for (const { id, title, count: number } of sections) {
    const link = element("a", "", title);
    link.href = `#${id}`;
    if (number !== null) link.append(element("span", "number", count(number)));
    links.append(link);
  }
  const brand = element("p", "brand", mark(), "Vedette ", element("span", "", "scan report"));
  const line = element("p", "scanned", logged("subject", page.subject));
  for (const part of facts(page)) line.append(" ", element("span", "", part));
  return element(
    "header",
    "",
    element("div", "top", brand, links),
    element("h1", worst(page), page.verdict),
    line,
    ...because(page),
  );
}

/** @param {Page} page */
function facts(page) {
  const formats = [
    ...new Set(page.inputs.map(({ title }) => shortTitle(title)).filter((title) => title !== "")),
  ];
  const parts = [formats.length === 0 ? "no known format" : formats.slice(0, 3).join(", ")];
  parts.push(plural(page.parsed, "request"));
  if (page.skipped > 0) parts.push(`${plural(page.skipped, "line")} not understood`);
  if (page.from === null || page.to === null) parts.push("no times");
  else parts.push(`${span(page.from, page.to)} UTC`, duration(page.to - page.from));
  return parts;
}

/** "combined (nginx, Apache and many more)" is "combined" where there is little room. @param {string} title */
function shortTitle(title) {
  return title.replace(/ \(.*/, "");
}

/** Why this format; with several files the table at the end says it for each. @param {Page} page */
function because(page) {
  const [only] = page.inputs;
  if (only === undefined || page.inputs.length > 1 || only.evidence === "") return [];
  return [element("p", "because", "Format: ", logged("", only.evidence))];
}

/** @param {Page} page */
function worst(page) {
  return page.incidents[0]?.severity ?? "calm";
}
