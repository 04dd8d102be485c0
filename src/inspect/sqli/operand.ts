/** A token where an operand must come: a literal, a name, a call, a subquery, or something that stands before one. */
import type { Token } from "./lexer.ts";
import {
  CLAUSES,
  COMMON_FUNCTIONS,
  CONSTANTS,
  ERROR_FUNCTIONS,
  PREFIXES,
  SET_OPERATORS,
  SYSTEM_FUNCTIONS,
  TIME_FUNCTIONS,
} from "./lexicon.ts";
import { ahead, beginSelect, type Ending, open, operand, type Position } from "./position.ts";
import type { Walk } from "./seen.ts";

export function readOperand(position: Position, token: Token): Ending {
  const { seen, nesting } = position;
  switch (token.kind) {
    case "number":
    case "string":
      return operand(position, true);
    case "variable":
      seen.variables++;
      return operand(position, true);
    case "open":
      operand(position, true);
      position.at++;
      return "open";
    case "(":
      open(position);
      // ODBC escapes: {ts '…'}, {x 1}.
      if (token.word === "{" && ahead(position).kind === "word") position.at++;
      return undefined;
    case ")":
      if (ahead(position, -1).kind !== "(" || nesting.length === 0) return "stuck";
      position.inSelect = nesting.pop() === "select";
      return operand(position, false);
    case "[":
      nesting.push("[");
      return undefined;
    case "operator":
      return readSign(position, token.word);
    case "compare":
      // Bitwise not.
      return token.word === "~" ? undefined : "stuck";
    case "word":
      return readName(position, token.word);
    default:
      return "stuck";
  }
}

function readSign(position: Position, sign: string): Ending {
  if (sign === "*") {
    const before = ahead(position, -1).kind;
    if (!position.afterSelect && before !== "(" && before !== ",") return "stuck";
    position.seen.star = true;
    return operand(position, false);
  }
  if (!"+-~!@".includes(sign)) return "stuck";
  position.afterSelect = false;
  return undefined;
}

function readName(position: Position, word: string): Ending {
  const { seen } = position;
  const next = ahead(position);
  if (word === "select") {
    // `0800-SELECT`: a query is an operand between brackets only.
    if (position.at > 0 && ARITHMETIC_SIGN.test(ahead(position, -1).word)) return "stuck";
    if (!position.onlyParens || !position.operandFirst) seen.subselects++;
    else seen.select = true;
    return beginSelect(position);
  }
  if (word === "case") {
    position.caseDepth++;
    return undefined;
  }
  if (word === "from" && position.afterSelect) {
    // An empty list: `select from`, PostgreSQL.
    seen.from = true;
    return undefined;
  }
  if (PREFIXES.has(word)) {
    if (next.kind === "end") return operand(position, CONSTANTS.has(word));
    if (word === "when") seen.caseWhen = position.caseDepth > 0;
    if (word === "exists" && next.kind === "(") seen.functions++;
    return undefined;
  }
  if (next.kind === "(" && next.word === "(") {
    const known = noteFunction(seen, word);
    position.at++;
    return open(position, known ? "(" : "call");
  }
  if (next.kind !== "(" && (CLAUSES.has(word) || SET_OPERATORS.has(word))) return "stuck";
  return operand(position, CONSTANTS.has(word));
}

const ARITHMETIC_SIGN = /^[-+*/%]$/;

/** Functions of formulas everywhere. */
const ARITHMETIC = new Set([
  "abs",
  "sign",
  "sqrt",
  "pow",
  "power",
  "exp",
  "log",
  "ln",
  "sin",
  "cos",
  "tan",
  "min",
  "max",
  "avg",
  "sum",
  "count",
  "round",
  "floor",
  "ceil",
  "ceiling",
  "mod",
]);

/** @returns whether it is one of SQL's */
function noteFunction(seen: Walk, name: string): boolean {
  if (TIME_FUNCTIONS.has(name)) seen.time = true;
  else if (ERROR_FUNCTIONS.has(name)) seen.error = true;
  else if (SYSTEM_FUNCTIONS.has(name)) seen.system = true;
  else if (!COMMON_FUNCTIONS.has(name) || ARITHMETIC.has(name)) return ARITHMETIC.has(name);
  seen.functions++;
  return true;
}
