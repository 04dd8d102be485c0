/** How the report came about, and where there is more. */
/** @import { Page, PageInput } from "../page.ts" */
import { count, plural } from "../../format-values.ts";
import { copyButton } from "./copy-button.js";
import { element, logged } from "./element.js";
import { leftOut, section } from "./section.js";
import { columnHead } from "./table-head.js";

const COLUMNS = ["Input", "Format", "Why this format", "Lines", "Requests", "Not understood"];

/** @param {Page} page */
export function made(page) {
  const head = element("tr", "", ...COLUMNS.map(columnHead));
  const inputs = element(
    "table",
    "inputs",
    element("thead", "", head),
    element("tbody", "", ...page.inputs.map(row)),
  );
  const lines = [plural(page.lines, "line"), plural(page.parsed, "request")];
  if (page.ignored > 0) lines.push(`${count(page.ignored)} without a request`);
  if (page.skipped > 0) lines.push(`${count(page.skipped)} not understood`);
  const folder = page.folder === "" ? [] : [" Folder: ", logged("code", page.folder)];
  return section(
    "made",
    "How this was made",
    "",
    element("p", "", `${lines.join(", ")}. All times are UTC.`, ...folder),
    element("div", "scroll", inputs),
    ...(page.omitted.inputs > 0 ? [leftOut(`${plural(page.omitted.inputs, "more input")}.`)] : []),
    ...mappings(page),
    element("p", "", "This report again, and the same for programs, with nothing left out:"),
    command(`${page.command} --output html --out report.html`),
    command(`${page.command} --output json`),
    element(
      "p",
      "note",
      `Report version ${page.version}. This file needs no network and loads nothing. Text from logs is shown as it `,
      "was written, with control characters as escapes; secrets were taken out before.",
    ),
  );
}

/** @param {PageInput} input */
function row(input) {
  return element(
    "tr",
    "",
    element("td", "", logged("code", input.file)),
    element("td", "", logged("", input.title === "" ? input.format : input.title)),
    element("td", "", logged("", input.evidence)),
    ...[input.lines, input.parsed, input.skipped].map((value) => element("td", "figure", count(value))),
  );
}

/** Which field was read from where, for formats without fixed names. @param {Page} page */
function mappings(page) {
  return page.inputs
    .filter(({ mapping }) => mapping.length > 0)
    .map((input) => {
      const list = element("dl", "mapping");
      for (const [field, path] of input.mapping) {
        list.append(element("div", "", element("dt", "", field), element("dd", "", logged("code", path))));
      }
      return element("details", "", element("summary", "", "Fields of ", logged("code", input.file)), list);
    });
}

/** @param {string} text */
function command(text) {
  const line = element("code", "", text);
  return element(
    "div",
    "configuration",
    line,
    copyButton("Copy", () => text, line),
  );
}
