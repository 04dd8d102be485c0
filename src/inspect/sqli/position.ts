/** Where a walk stands: what it expects next, and what it has open. */
import type { Lexer, Token } from "./lexer.ts";
import { emptyWalk, type Walk } from "./seen.ts";

export interface Position {
  readonly lexer: Lexer;
  readonly operandFirst: boolean;
  readonly seen: Walk;
  /** Open brackets, each with whether it stands inside a SELECT, or holds the arguments of a function not known. */
  readonly nesting: ("select" | "(" | "call" | "[")[];
  at: number;
  /** An operand must come next. */
  wanted: boolean;
  inSelect: boolean;
  afterSelect: boolean;
  aliases: number;
  constantLeft: boolean;
  pendingCompare: boolean;
  pendingLogic: boolean;
  caseDepth: number;
  /** Nothing but opening parentheses so far: a SELECT here is the whole value, not a subquery. */
  onlyParens: boolean;
}

export function startOf(lexer: Lexer, operandFirst: boolean): Position {
  return {
    lexer,
    operandFirst,
    seen: emptyWalk(),
    nesting: [],
    at: 0,
    wanted: operandFirst,
    inSelect: false,
    afterSelect: false,
    aliases: 0,
    constantLeft: false,
    pendingCompare: false,
    pendingLogic: false,
    caseDepth: 0,
    onlyParens: true,
  };
}

/** How a walk goes on: undefined for on, else how it ends. */
export type Ending = Walk["tail"] | undefined;

export function ahead(position: Position, steps = 1): Token {
  return position.lexer.token(position.at + steps);
}

export function operand(position: Position, constant: boolean): undefined {
  const { seen } = position;
  if (position.afterSelect && constant) seen.constantItem = true;
  if (position.pendingCompare) {
    if (position.constantLeft && constant) seen.constantComparisons++;
    position.pendingLogic = false;
  }
  position.pendingCompare = false;
  position.constantLeft = constant;
  position.wanted = false;
  position.afterSelect = false;
  return undefined;
}

export function operate(position: Position): undefined {
  position.seen.operators++;
  position.wanted = true;
  position.aliases = 0;
  return undefined;
}

export function beginSelect(position: Position): undefined {
  position.inSelect = true;
  position.afterSelect = true;
  position.wanted = true;
  position.aliases = 0;
  return undefined;
}

export function open(position: Position, bracket: "(" | "call" = "("): undefined {
  position.seen.calls++;
  position.nesting.push(position.inSelect ? "select" : bracket);
  position.wanted = true;
  return undefined;
}

export function joinLogic(position: Position): undefined {
  const { seen } = position;
  if (position.at === 0) seen.logicFirst = true;
  if (position.pendingLogic) seen.bareLogic++;
  position.pendingLogic = true;
  seen.logic++;
  return operate(position);
}
