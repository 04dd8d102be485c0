/** Facts worth keeping that belong to no incident: no cause for alarm. */
/** @import { Page, PageDetection } from "../page.ts" */
import { count, plural } from "../../format-values.ts";
import { measured, shortSpan } from "../view/figures.ts";
import { kindWords, sentence } from "../view/words.ts";
import { detectionBlock } from "./detection-block.js";
import { element, logged } from "./element.js";
import { lazyDetails } from "./lazy-details.js";
import { paged } from "./paged.js";
import { leftOut, section } from "./section.js";

const SIZES = { first: 20, step: 100 };

/** @param {Page} page */
export function alsoSeen(page) {
  const list = element("div", "seen-list");
  const pages = paged(list, item, SIZES);
  pages.set(page.alsoSeen);
  const left = page.omitted.alsoSeen;
  return section(
    "also-seen",
    "Also seen",
    "Unusual, but no cause for alarm by itself.",
    list,
    pages.more,
    ...(left > 0 ? [leftOut(`${count(left)} more left out; "${page.command} --output json" has all.`)] : []),
  );
}

/** @param {PageDetection} detection */
function item(detection) {
  const { observed, threshold, unit } = detection;
  const summary = element(
    "summary",
    "",
    element("span", "kind", sentence(kindWords(detection))),
    element(
      "span",
      "who",
      logged("code", detection.endpoint === "" ? detection.who.value : detection.endpoint),
    ),
    element(
      "span",
      "sum",
      `${measured(observed, unit)} against a line of ${measured(threshold, unit)}: `,
      logged("", unit),
    ),
    element("span", "when", shortSpan(detection.from, detection.to)),
    element("span", "events", plural(detection.events, "event")),
  );
  return lazyDetails("seen", summary, () => body(detection));
}

/** @param {PageDetection} detection */
function body(detection) {
  const who = element("p", "by", "By ", logged("code", detection.who.value));
  if (detection.memberCount > 1) who.append(`, ${plural(detection.memberCount, "source")}`);
  return [who, detectionBlock(detection, "", "h3")];
}
