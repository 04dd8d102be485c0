/** A token after an operand: an operator, an end of something, a separator, a neighbouring string. */
import type { Token } from "./lexer.ts";
import { ahead, beginSelect, type Ending, joinLogic, open, operate, type Position } from "./position.ts";
import { statementAt } from "./statement.ts";
import { readWordOperator } from "./word-operator.ts";

export function readOperator(position: Position, token: Token): Ending {
  const { seen, nesting } = position;
  switch (token.kind) {
    case "operator":
    case "compare":
      return readSymbol(position, token);
    case "logic":
      seen.symbols++;
      return joinLogic(position);
    case "word":
      return readWordOperator(position, token);
    case ")":
      if (nesting.length === 0) seen.closers++;
      else {
        const opened = nesting.pop();
        position.inSelect = opened === "select";
        // What a function answers is known of SQL's own only.
        if (opened === "call") position.constantLeft = false;
      }
      position.constantLeft = position.constantLeft && !position.inSelect;
      return undefined;
    case "]":
      return nesting.pop() === "[" ? undefined : "stuck";
    case "[":
      nesting.push("[");
      position.wanted = true;
      return undefined;
    case ",":
      return readComma(position);
    case ";":
      return readStatement(position);
    case "string":
      // Neighbouring strings are one string; elsewhere a string is an alias.
      return ahead(position, -1).kind === "string" || position.inSelect ? undefined : "stuck";
    case "open":
      // A lone quote at the very end is the counterpart of the application's own.
      if (token.end - token.start > 1 || isMeasure(position)) return "stuck";
      position.at++;
      return "open";
    case "(": {
      const subquery = ahead(position).word === "select";
      return ahead(position, -1).kind === "word" || position.inSelect || subquery ? open(position) : "stuck";
    }
    default:
      return "stuck";
  }
}

/** Feet, minutes and primes, 6' or 7', AA' = BB': behind a number or a name a quote opens nothing in SQL. */
function isMeasure(position: Position): boolean {
  const { kind } = ahead(position, -1);
  return (
    (kind === "number" || kind === "word") &&
    position.seen.constantComparisons + position.seen.functions === 0
  );
}

function readSymbol(position: Position, { kind, word }: Token): Ending {
  const next = ahead(position);
  if (word === "::" && next.kind === "word") {
    // A cast changes the type, not what the operand is.
    position.at++;
    return undefined;
  }
  // `'{"a":1}' ? 'a'`: whether a JSON object has a key.
  if (
    word === "?" &&
    (next.kind === "string" || next.kind === "open") &&
    ahead(position, -1).kind !== "number"
  ) {
    position.seen.comparisons++;
    position.pendingCompare = true;
    position.seen.symbols++;
    return operate(position);
  }
  if (word === "?" || word === "@" || word === ":") return "stuck";
  // `&page=2` is the next parameter of a URL.
  if (word === "&" && next.kind === "word" && ahead(position, 2).word === "=") return "stuck";
  if (kind === "compare") {
    position.seen.comparisons++;
    position.pendingCompare = true;
  }
  position.seen.symbols++;
  return operate(position);
}

function readComma(position: Position): undefined {
  const { seen } = position;
  const parens = ahead(position, -1).word === ")" && ahead(position).word === "(";
  if (seen.closers > 0 && parens) seen.newRow = true;
  seen.commas++;
  if (seen.union && position.nesting.length === 0) seen.unionItems++;
  position.wanted = true;
  position.aliases = 0;
  return undefined;
}

function readStatement(position: Position): Ending {
  const statement = statementAt(position.lexer, position.at + 1);
  if (statement === undefined) return ahead(position).kind === "comment" ? "comment" : "stuck";
  position.seen.stacked = Math.max(position.seen.stacked, statement.weight);
  position.at = statement.next - 1;
  beginSelect(position);
  position.wanted = statement.operand;
  return undefined;
}
