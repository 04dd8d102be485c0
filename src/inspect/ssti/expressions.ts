/** Template expressions in a text: what stands between the delimiters of the engines that servers use. */
export interface Expression {
  /** Without the delimiters. */
  readonly inner: string;
  readonly open: string;
  readonly start: number;
  readonly end: number;
}

/** Jinja, Twig, Liquid, Handlebars; EL, Freemarker, Thymeleaf, Mako; Ruby, SpEL; ERB, EJS, JSP; Razor; Smarty; Freemarker. */
const DELIMITERS: readonly (readonly [string, string])[] = [
  ["{{", "}}"],
  ["{%", "%}"],
  ["${", "}"],
  ["#{", "}"],
  ["*{", "}"],
  ["~{", "}"],
  ["@{", "}"],
  ["<%", "%>"],
  ["[[", "]]"],
  ["[(", ")]"],
  ["[=", "]"],
  ["@(", ")"],
  ["<#", ">"],
  ["{", "}"],
];

const MOST = 12;
const LONGEST = 600;

export function* readExpressions(text: string): Generator<Expression> {
  for (const [open, close] of DELIMITERS) {
    let at = text.indexOf(open);
    for (let seen = 0; at >= 0 && seen < MOST; seen++) {
      const from = at + open.length;
      const to = closing(text, from, close);
      yield { inner: text.slice(from, to), open, start: at, end: Math.min(text.length, to + close.length) };
      at = text.indexOf(open, from);
    }
  }
}

/** The matching end; braces inside count. An expression that never ends is read as far as it may be long. */
function closing(text: string, from: number, close: string): number {
  const limit = Math.min(text.length, from + LONGEST);
  let depth = 0;
  for (let at = from; at < limit; at++) {
    if (depth <= 0 && text.startsWith(close, at)) return at;
    const code = text.charCodeAt(at);
    if (code === 123) depth++;
    else if (code === 125) depth--;
  }
  return limit;
}
