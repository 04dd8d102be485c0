/** A word after an operand: LIKE and its kin, clauses, UNION, a statement without its semicolon, an alias. */
import type { Lexer, Token } from "./lexer.ts";
import { CLAUSES, LOGIC, SET_OPERATORS, STATEMENTS, SUFFIXES, WORD_OPERATORS } from "./lexicon.ts";
import { ahead, beginSelect, type Ending, joinLogic, operate, type Position } from "./position.ts";
import { statementAt } from "./statement.ts";

export function readWordOperator(position: Position, { word }: Token): Ending {
  const { seen } = position;
  if (LOGIC.has(word)) {
    seen.wordLogic = true;
    return joinLogic(position);
  }
  if (SET_OPERATORS.has(word)) return readSetOperator(position);
  if (word === "not") return undefined;
  if (word === "isnull" || word === "notnull") {
    seen.comparisons++;
    position.pendingLogic = false;
    return undefined;
  }
  if (word === "is" || WORD_OPERATORS.has(word)) return readComparison(position, word);
  if (CLAUSES.has(word) || BY.has(word) || INTO.has(word) || LOCKS.has(word))
    return readClause(position, word);
  if (word === "end" && position.caseDepth > 0) {
    position.caseDepth--;
    return undefined;
  }
  if (SUFFIXES.has(word))
    return position.inSelect || word === "end" || word === "unknown" ? undefined : "stuck";
  if (STATEMENTS.has(word) && readStatementName(position)) return undefined;
  if (!position.inSelect || position.aliases > 0) return "stuck";
  position.aliases++;
  return undefined;
}

/** Clauses of two words: GROUP BY, ORDER BY, PARTITION BY. */
const BY = new Set(["group", "order", "partition"]);
const INTO = new Set(["into", "procedure"]);
const LOCKS = new Set(["for", "lock"]);
const TARGETS = new Set(["outfile", "dumpfile", "analyse", "analyze"]);
/** Operators that make a value rather than a condition. */
const VALUES = new Set(["collate", "escape", "mod", "div"]);

function readComparison(position: Position, word: string): Ending {
  const { seen } = position;
  const next = ahead(position).word;
  if (word === "in" && (next === "boolean" || next === "natural")) {
    // The mode of MATCH … AGAINST ('…' IN BOOLEAN MODE).
    position.at += next === "boolean" ? 2 : 3;
    position.inSelect = true;
    return undefined;
  }
  if (word === "is") seen.comparisons++;
  else if (word === "in") position.pendingLogic = false;
  else if (!VALUES.has(word)) {
    seen.comparisons++;
    position.pendingCompare = true;
  }
  operate(position);
  if ((word === "sounds" && next === "like") || (word === "similar" && next === "to")) position.at++;
  return undefined;
}

function readClause(position: Position, word: string): Ending {
  const { seen } = position;
  const next = ahead(position);
  if (BY.has(word)) {
    if (next.word !== "by") return "stuck";
    if (word === "order") seen.orderBy = true;
    else seen.having = true;
    position.at++;
  } else if (INTO.has(word)) {
    seen.into = seen.into || TARGETS.has(next.word) || next.kind === "variable";
    if (next.word === "outfile" || next.word === "dumpfile") position.at++;
  } else if (LOCKS.has(word)) {
    position.at += next.word === "in" ? 3 : 1;
    position.inSelect = true;
    return undefined;
  } else if (word === "then" || word === "else" || word === "when") {
    if (position.caseDepth > 0) seen.caseWhen = true;
    return operate(position);
  } else {
    if (word === "from") seen.from = true;
    if (word === "where") seen.where = true;
    if (word === "having") seen.having = true;
    if (word === "as") return operate(position);
  }
  position.inSelect = true;
  return operate(position);
}

function readSetOperator(position: Position): Ending {
  const next = selectAfter(position.lexer, position.at);
  if (next < 0) return "stuck";
  position.seen.union = true;
  position.seen.unionItems = 1;
  position.at = next;
  return beginSelect(position);
}

/** @returns the index of SELECT, VALUES or TABLE after UNION [ALL] [(], -1 when none follows */
function selectAfter(lexer: Lexer, at: number): number {
  let next = at + 1;
  while (lexer.token(next).word === "all" || lexer.token(next).word === "distinct") next++;
  for (let parens = 0; lexer.token(next).kind === "(" && parens < 64; parens++) next++;
  const { word } = lexer.token(next);
  return word === "select" || word === "values" || word === "table" ? next : -1;
}

function readStatementName(position: Position): boolean {
  const statement = statementAt(position.lexer, position.at);
  if (statement === undefined) return false;
  position.seen.stacked = Math.max(position.seen.stacked, statement.weight);
  position.seen.stackedByName = true;
  position.at = statement.next - 1;
  beginSelect(position);
  position.wanted = statement.operand;
  return true;
}
