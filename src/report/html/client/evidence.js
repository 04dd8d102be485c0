/** The requests behind a detection: where each stands in the log, and what it carried as sent and as it is read. */
/** @import { PageFinding, PageSample } from "../page.ts" */
import { moment, percent } from "../view/figures.ts";
import { classWords, sentence } from "../view/words.ts";
import { element, logged } from "./element.js";
import { columnHead } from "./table-head.js";

/** @param {readonly PageSample[]} samples */
export function evidence(samples) {
  const head = element("tr", "", ...["Where", "Time (UTC)", "Status", "Request"].map(columnHead));
  const table = element("table", "evidence", element("thead", "", head));
  table.append(element("tbody", "", ...samples.map(row)));
  return table;
}

/** @param {PageSample} sample */
function row(sample) {
  const status = sample.status === null ? "-" : String(sample.status);
  const request = element("td", "request", requestText(sample));
  for (const finding of sample.findings) request.append(findingBlock(finding));
  return element(
    "tr",
    "",
    element("td", "place", logged("code", sample.place)),
    element("td", "time", moment(sample.time)),
    element("td", `status s${status.slice(0, 1)}`, status),
    request,
  );
}

/** The request with what was found in it marked, where it stands there as it was sent. @param {PageSample} sample */
function requestText({ request, findings }) {
  const made = logged("code", "");
  const parts = findings
    .map(({ evidence: text }) => ({
      at: text.length < 2 ? -1 : request.lastIndexOf(text),
      length: text.length,
    }))
    .filter(({ at }) => at !== -1)
    .sort((a, b) => a.at - b.at);
  let done = 0;
  for (const { at, length } of parts) {
    if (at < done) continue;
    made.append(request.slice(done, at), element("mark", "", request.slice(at, at + length)));
    done = at + length;
  }
  made.append(request.slice(done));
  return made;
}

/** @param {PageFinding} finding */
function findingBlock(finding) {
  const made = element(
    "div",
    "finding",
    element(
      "p",
      "",
      element("b", "", sentence(classWords(finding.class))),
      " in ",
      logged("code", finding.location),
      element("span", "note", ` ${percent(finding.score)} by itself`),
    ),
  );
  const forms = element("dl", "forms");
  if (finding.evidence !== "") forms.append(...form("as sent", finding.evidence));
  if (finding.decoded !== "" && finding.decoded !== finding.evidence)
    forms.append(...form("decoded", finding.decoded));
  made.append(forms);
  if (finding.reason !== "") made.append(element("p", "reason", logged("", finding.reason)));
  return made;
}

/**
 * @param {string} name
 * @param {string} text
 */
function form(name, text) {
  return [element("dt", "", name), element("dd", "", logged("code", text))];
}
