/**
 * Reads tokens as the rest of an SQL expression: an operand, an operator, an operand … and notes what an injected
 * rest is made of. Where the tokens stop being SQL it stops too, and that is the difference to prose: sentences
 * put two names next to each other within a few words.
 */
import type { Lexer, Token } from "./lexer.ts";
import { readOperand } from "./operand.ts";
import { readOperator } from "./operator.ts";
import { type Ending, type Position, startOf } from "./position.ts";
import type { Walk } from "./seen.ts";

/** A reading that goes on for longer than this has told all. */
const MOST_STEPS = 1_000;

/** @param operandFirst whether the value brings its own first operand, or goes on after the application's */
export function walk(lexer: Lexer, operandFirst: boolean): Walk {
  const position = startOf(lexer, operandFirst);
  for (; position.at < MOST_STEPS; position.at++) {
    const token = lexer.token(position.at);
    const ending = step(position, token);
    if (ending !== undefined) return finish(position, ending, token);
  }
  return finish(position, "stuck", lexer.token(position.at));
}

function step(position: Position, token: Token): Ending {
  if (token.kind === "end" || token.kind === "comment") return token.kind;
  if (position.at > 0 && position.lexer.token(position.at - 1).kind !== "(") position.onlyParens = false;
  return position.wanted ? readOperand(position, token) : readOperator(position, token);
}

function finish(position: Position, ending: Walk["tail"], token: Token): Walk {
  const { seen } = position;
  if (position.pendingLogic && !position.wanted) seen.bareLogic++;
  // An operator without its operand is no expression.
  const dangling = position.wanted && position.at > 0 && ending !== "open" && !seen.union;
  seen.tail = dangling ? "stuck" : ending;
  seen.truncated = dangling && ending === "end";
  seen.cut = ending === "comment";
  seen.end = ending === "open" ? token.end : token.start;
  seen.tokens = position.at;
  return seen;
}
