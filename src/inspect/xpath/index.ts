/** XPath and XQuery injection: a string literal that ends, and location paths or node functions after it. */
import { type Detector, type Match, NO_MATCH } from "../detector.ts";
import * as shape from "../gate/shape.ts";

export const xpath: Detector = {
  class: "xpath",
  id: "xpath",
  title: "XPath injection",
  meaning: "The value ends a literal in a query over an XML document and adds conditions or further nodes.",
  cwe: ["CWE-643", "CWE-652"],
  patterns: ["CAPEC-83", "CAPEC-84", "T1190"],
  owasp: ["API8:2023"],
  falsePositives: ["Selectors in scraping and test tools"],
  wants: (bits) =>
    (bits & (shape.QUOTES | shape.BRACKET | shape.COLON | shape.PAREN)) !== 0 &&
    (bits & (shape.SLASH | shape.CODE_WORD | shape.PIPE | shape.LOGIC_WORD)) !== 0,
  find({ text, lower }, context) {
    const match = judge(text, lower, context.role === "code" || EXPECTING.has(context.name.toLowerCase()));
    return match === undefined ? NO_MATCH : [match];
  },
};

/** Fields of test tools and scrapers that hold such expressions. */
const EXPECTING: ReadonlySet<string> = new Set(["xpath", "selector", "locator", "xpath_expression"]);

const AXIS =
  /(?:^|[\s/('"[|])(?:child|parent|ancestor|ancestor-or-self|descendant|descendant-or-self|following|following-sibling|preceding|preceding-sibling|attribute|namespace|self)::(?:[\w*]|node\()/;
/** Functions of nodes, on a path */
const NODE_FUNCTION =
  /\b(?:count|name|local-name|string-length|substring|starts-with|contains|normalize-space|string|doc|doc-available|position|last|text|node|namespace-uri|codepoints-to-string|string-to-codepoints|matches|unparsed-text)\s{0,4}\(\s{0,4}(?:\/|\.\.?\/|\.\s{0,4}[,)]|\*|name\(|local-name\(|string\(|@|["']https?:|\w{1,20}\[)|\b(?:name|local-name|position|text|last)\s{0,4}\(\)\s{0,4}[=<>]/;
const COUNT_ALL = /^count\s*\(\s*\*/;
const ENDED =
  /['"]\s{0,8}\]?\s{0,8}(?:or|and|\||\/\/?)\s{0,8}|\]\s{0,8}\|\s{0,8}\/{1,2}[\w*]|['"]\s{0,8}\]\s{0,8}\/{1,2}/;
const PATH =
  /\/{1,2}(?:\*|[\w-]{1,40})\s{0,4}\[\s{0,4}(?:@?[\w-]{1,40}\s{0,4}=|\d{1,4}\]|position\(|last\()|\/{1,2}(?:node|text|comment|processing-instruction)\(\)|\|\s{0,4}\/{2}[\w*]/;

/** `//div[@id='x']/a`: a path from its root on, whose quotes and brackets are all its own, ends nothing before it. */
function isWhole(text: string): boolean {
  if (!/^\s{0,4}\/{1,2}[\w*]/.test(text) || !/[\])\w]\s{0,4}$/.test(text) || text.length > 300) return false;
  const bare = text.replace(/"[^"]*"|'[^']*'/g, "");
  return !/["'|]/.test(bare) && bare.split("[").length === bare.split("]").length && !/\bor\b/.test(bare);
}

function judge(text: string, lower: string, isCode: boolean): Match | undefined {
  const ended = ENDED.exec(lower);
  const axis = AXIS.exec(lower);
  const node = NODE_FUNCTION.exec(lower);
  // People ask what `count(*)` does; what goes on in SQL is no question.
  const called = node !== null && COUNT_ALL.test(node[0]) && !lower.includes("select") ? null : node;
  const path = PATH.exec(lower);
  const found = axis ?? called ?? path;
  if (found === null) return undefined;
  const score =
    ended !== null ? (isWhole(text) ? 0.4 : 0.75) : axis !== null ? 0.55 : called !== null ? 0.5 : 0.3;
  return {
    rule: "xpath/expression",
    score: isCode ? score * 0.5 : score,
    reason: "The value goes on as an XPath expression that reads other nodes of the document.",
    start: Math.min(found.index, ended?.index ?? found.index),
    end: Math.min(text.length, found.index + found[0].length + 40),
  };
}
