/** Where in a query the cursor is, judged by what stands before it; the query need not be whole. */
import { type Token, tokenize } from "./lexer.ts";
import { STEP_NAMES } from "./step-help.ts";

interface Common {
  /** What is typed so far of the word at the cursor. */
  readonly written: string;
  /** The query before the step of the cursor. */
  readonly earlier: string;
}

export type Place = Common &
  (
    | { readonly kind: "table" | "step" | "text" }
    | { readonly kind: "name"; readonly step: string }
    | { readonly kind: "expression"; readonly step: string }
    | { readonly kind: "operator"; readonly step: string; readonly field: string }
    | { readonly kind: "value"; readonly step: string; readonly field: string }
  );

/** @param before the query up to the cursor */
export function placeAt(before: string): Place {
  const written = /[A-Za-z_][A-Za-z0-9_.-]*$/.exec(before)?.[0] ?? "";
  const tokens = readable(before.slice(0, before.length - written.length));
  if (tokens === undefined) return { kind: "text", written: "", earlier: "" };
  const pipe = tokens.findLastIndex((token) => token.kind === "symbol" && token.text === "|");
  const earlier = pipe === -1 ? "" : before.slice(0, tokens[pipe]?.range.start);
  const inStep = tokens.slice(pipe + 1);
  const common = { written: afterHyphen(written), earlier };
  if (pipe === -1 && inStep.length === 0) return { ...common, kind: "table" };
  if (inStep.length === 0) return { ...common, written, kind: "step" };
  const [first] = inStep;
  const named = pipe !== -1 && first?.kind === "name" && STEP_NAMES.includes(first.text.toLowerCase());
  return inExpression(common, named ? first.text.toLowerCase() : "search", named ? inStep.slice(1) : inStep);
}

/** "project-aw" is one word at the beginning of a step; elsewhere a hyphen is a minus. */
function afterHyphen(written: string): string {
  return written.slice(written.lastIndexOf("-") + 1);
}

function inExpression(common: Common, step: string, tokens: readonly Token[]): Place {
  const last = tokens.at(-1);
  if (last === undefined) return { ...common, kind: step === "project-away" ? "name" : "expression", step };
  if (last.kind === "symbol") {
    const field = nameBefore(tokens);
    if (COMPARING.has(last.text) && field !== undefined) return { ...common, kind: "value", step, field };
    if (last.text === ")" || last.text === "]") return { ...common, kind: "operator", step, field: "" };
    return { ...common, kind: "expression", step };
  }
  if (last.kind === "name") {
    const word = last.text.toLowerCase();
    const field = nameBefore(tokens);
    if (WORD_OPERATORS.has(word) && field !== undefined) return { ...common, kind: "value", step, field };
    if (JOINING.has(word)) return { ...common, kind: "expression", step };
    return { ...common, kind: "operator", step, field: last.text };
  }
  return { ...common, kind: "operator", step, field: "" };
}

/** The field that an operator at the end compares: `severity >=`, `severity in (`. */
function nameBefore(tokens: readonly Token[]): string | undefined {
  for (const token of tokens.slice(0, -1).reverse()) {
    if (token.kind === "name" && !WORD_OPERATORS.has(token.text.toLowerCase())) return token.text;
    const passes = token.kind === "name" || token.kind === "string" || token.kind === "symbol";
    if (!passes || (token.kind === "symbol" && !PASSED.has(token.text))) return undefined;
  }
  return undefined;
}

const COMPARING = new Set(["==", "!=", "=~", "!~", "<", "<=", ">", ">=", ":", "(", ",", "~"]);
const PASSED = new Set(["(", ",", "!", "~"]);
const WORD_OPERATORS = new Set([
  "in",
  "has",
  "has_any",
  "has_all",
  "contains",
  "between",
  "startswith",
  "endswith",
]);
const JOINING = new Set(["and", "or", "not", "by"]);

/** @returns undefined inside of a text or where nothing can be read */
function readable(text: string): readonly Token[] | undefined {
  try {
    return tokenize(text).slice(0, -1);
  } catch {
    return undefined;
  }
}
