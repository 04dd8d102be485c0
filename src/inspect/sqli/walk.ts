/**
 * Reads tokens as the rest of an SQL expression: an operand, an operator, an operand … and notes what an injected
 * rest is made of. Where the tokens stop being SQL it stops too, and that is the difference to prose: sentences
 * put two names next to each other within a few words.
 */
import type { Lexer, Token } from "./lexer.ts";
import {
  CLAUSES,
  COMMON_FUNCTIONS,
  CONSTANTS,
  ERROR_FUNCTIONS,
  LOGIC,
  PREFIXES,
  SET_OPERATORS,
  STATEMENTS,
  SUFFIXES,
  SYSTEM_FUNCTIONS,
  TIME_FUNCTIONS,
  WORD_OPERATORS,
} from "./lexicon.ts";
import { statementAt } from "./statement.ts";

/** What an expression showed before it ended or stopped making sense. */
export interface Walk {
  /** "end" of the text, a cutting "comment", an "open" string, or "stuck" where it is no SQL. */
  tail: "end" | "comment" | "open" | "stuck";
  /** A comment takes the rest away. */
  cut: boolean;
  /** Offset up to which the text was SQL. */
  end: number;
  tokens: number;
  operators: number;
  /** Operators written as symbols. */
  symbols: number;
  logic: number;
  comparisons: number;
  /** Comparisons whose two sides are constants: always true or always false. */
  constantComparisons: number;
  /** A logic operator with a bare operand: `or 1`, `and 'a'`. */
  bareLogic: number;
  /** Closing parentheses that nothing opened. */
  closers: number;
  functions: number;
  variables: number;
  time: boolean;
  error: boolean;
  system: boolean;
  subselects: number;
  union: boolean;
  unionItems: number;
  from: boolean;
  where: boolean;
  orderBy: boolean;
  having: boolean;
  into: boolean;
  caseWhen: boolean;
  /** Position and weight of a further statement. */
  stacked: number;
  stackedByName: boolean;
  /** `),(`: leaving a row of VALUES. */
  newRow: boolean;
  commas: number;
  star: boolean;
  /** AND or OR in letters. */
  wordLogic: boolean;
  /** The list of the last SELECT begins with a constant. */
  constantItem: boolean;
  /** Began with AND, OR, XOR: the condition before is the application's own. */
  logicFirst: boolean;
}

/** A reading that goes on for longer than this has told all. */
const MOST_STEPS = 1_000;

export function walk(lexer: Lexer, operandFirst: boolean): Walk {
  const seen = emptyWalk();
  const nesting: string[] = [];
  let wanted = operandFirst;
  let inSelect = false;
  let aliases = 0;
  let constantLeft = false;
  let pendingCompare = false;
  let pendingLogic = false;
  let afterSelect = false;
  let caseDepth = 0;
  /** Nothing but opening parentheses so far: a SELECT here is the whole value, not a subquery. */
  let onlyParens = true;
  let at = 0;

  const stop = (tail: Walk["tail"], token: Token): Walk => {
    if (pendingLogic && !wanted) seen.bareLogic++;
    // An operator without its operand is no expression.
    seen.tail = wanted && at > 0 && tail !== "open" && !seen.union ? "stuck" : tail;
    seen.cut = tail === "comment";
    seen.end = token.start;
    seen.tokens = at;
    return seen;
  };
  const operand = (constant: boolean): void => {
    if (afterSelect && constant) seen.constantItem = true;
    if (pendingCompare && constantLeft && constant) seen.constantComparisons++;
    if (pendingCompare) pendingLogic = false;
    pendingCompare = false;
    constantLeft = constant;
    wanted = false;
    afterSelect = false;
  };
  const operate = (): void => {
    seen.operators++;
    wanted = true;
    aliases = 0;
  };
  const beginSelect = (): void => {
    inSelect = true;
    afterSelect = true;
    wanted = true;
    aliases = 0;
  };

  for (; at < MOST_STEPS; at++) {
    const token = lexer.token(at);
    const { kind, word } = token;
    if (kind === "end") return stop("end", token);
    if (kind === "comment") return stop("comment", token);
    if (at > 0 && lexer.token(at - 1).kind !== "(") onlyParens = false;

    if (wanted) {
      if (kind === "number" || kind === "string" || kind === "variable") {
        if (kind === "variable") seen.variables++;
        operand(true);
      } else if (kind === "open") {
        operand(true);
        at++;
        return stop("open", { ...token, start: token.end });
      } else if (kind === "(") {
        nesting.push(inSelect ? "select" : "(");
        // ODBC escapes: {ts '…'}, {x 1}.
        if (word === "{" && lexer.token(at + 1).kind === "word") at++;
      } else if (kind === ")") {
        if (lexer.token(at - 1).kind !== "(" || nesting.length === 0) return stop("stuck", token);
        inSelect = nesting.pop() === "select";
        operand(false);
      } else if (
        kind === "operator" &&
        word === "*" &&
        (afterSelect || lexer.token(at - 1).kind === "(" || lexer.token(at - 1).kind === ",")
      ) {
        seen.star = true;
        operand(false);
      } else if (kind === "operator" && "+-~!@*".includes(word)) {
        if (word === "*") return stop("stuck", token);
        afterSelect = false;
      } else if (kind === "compare" && word === "~") {
        // Bitwise not.
      } else if (kind === "[") nesting.push("[");
      else if (kind === "word") {
        if (word === "select") {
          if (!onlyParens || !operandFirst) seen.subselects++;
          beginSelect();
        } else if (word === "case") {
          caseDepth++;
        } else if (
          lexer.token(at + 1).kind !== "(" &&
          !PREFIXES.has(word) &&
          (CLAUSES.has(word) || SET_OPERATORS.has(word)) &&
          !(word === "from" && afterSelect)
        ) {
          return stop("stuck", token);
        } else if (word === "from" && afterSelect) {
          // `select from` with an empty list, PostgreSQL.
          seen.from = true;
        } else if (
          PREFIXES.has(word) &&
          lexer.token(at + 1).kind !== "(" &&
          lexer.token(at + 1).kind !== "end"
        ) {
          if (word === "when") seen.caseWhen = caseDepth > 0;
        } else if (PREFIXES.has(word) && lexer.token(at + 1).kind === "(") {
          if (word === "exists") seen.functions++;
        } else if (lexer.token(at + 1).kind === "(" && lexer.token(at + 1).word === "(") {
          noteFunction(seen, word);
          nesting.push(inSelect ? "select" : "(");
          at++;
          wanted = true;
        } else operand(CONSTANTS.has(word));
      } else return stop("stuck", token);
      continue;
    }

    if (kind === "operator" && word === "::" && lexer.token(at + 1).kind === "word") {
      // A cast changes the type, not what the operand is.
      at++;
    } else if (kind === "operator" || kind === "compare") {
      if (word === "?" || word === "@") return stop("stuck", token);
      // `&page=2` is the next parameter of a URL.
      if (word === "&" && lexer.token(at + 1).kind === "word" && lexer.token(at + 2).word === "=") {
        return stop("stuck", token);
      }
      if (kind === "compare") {
        seen.comparisons++;
        pendingCompare = true;
      }
      seen.symbols++;
      operate();
      if (word === ":") return stop("stuck", token);
    } else if (kind === "logic" || (kind === "word" && LOGIC.has(word))) {
      if (at === 0) seen.logicFirst = true;
      if (pendingLogic) seen.bareLogic++;
      pendingLogic = true;
      seen.logic++;
      if (kind === "logic") seen.symbols++;
      else seen.wordLogic = true;
      operate();
    } else if (kind === ")") {
      if (nesting.length > 0) inSelect = nesting.pop() === "select";
      else seen.closers++;
      constantLeft = constantLeft && !inSelect;
    } else if (kind === "]") {
      if (nesting.pop() !== "[") return stop("stuck", token);
    } else if (kind === "[") {
      nesting.push("[");
      wanted = true;
    } else if (kind === ",") {
      if (seen.closers > 0 && lexer.token(at + 1).kind === "(") seen.newRow = true;
      seen.commas++;
      if (seen.union && nesting.length === 0) seen.unionItems++;
      wanted = true;
      aliases = 0;
    } else if (kind === ";") {
      const statement = statementAt(lexer, at + 1);
      if (statement === undefined)
        return stop(lexer.token(at + 1).kind === "comment" ? "comment" : "stuck", token);
      seen.stacked = Math.max(seen.stacked, statement.weight);
      at = statement.next - 1;
      beginSelect();
      wanted = statement.operand;
    } else if (kind === "string") {
      // Neighbouring strings are one string; elsewhere a string is an alias.
      const before = lexer.token(at - 1).kind;
      if (before !== "string" && !inSelect) return stop("stuck", token);
    } else if (kind === "open") {
      // A lone quote at the very end is the counterpart of the application's own.
      if (token.end - token.start > 1) return stop("stuck", token);
      at++;
      return stop("open", { ...token, start: token.end });
    } else if (kind === "(") {
      const subquery = lexer.token(at + 1).word === "select";
      if (lexer.token(at - 1).kind !== "word" && !inSelect && !subquery) return stop("stuck", token);
      nesting.push(inSelect ? "select" : "(");
      wanted = true;
    } else if (kind === "word") {
      if (SET_OPERATORS.has(word)) {
        const next = setOperator(lexer, at);
        if (next < 0) return stop("stuck", token);
        seen.union = true;
        seen.unionItems = 1;
        at = next;
        beginSelect();
      } else if (word === "is" || word === "not") {
        // `is null`, `not like`: an operator of two words.
        if (word === "is") {
          seen.comparisons++;
          operate();
        }
      } else if (word === "isnull" || word === "notnull") {
        seen.comparisons++;
        pendingLogic = false;
      } else if (word === "in" && /^(?:boolean|natural)$/.test(lexer.token(at + 1).word)) {
        // The mode of MATCH … AGAINST ('…' IN BOOLEAN MODE).
        at += lexer.token(at + 1).word === "boolean" ? 2 : 3;
        inSelect = true;
      } else if (WORD_OPERATORS.has(word)) {
        if (word !== "in" && word !== "collate" && word !== "escape" && word !== "mod" && word !== "div") {
          seen.comparisons++;
          pendingCompare = true;
        } else if (word === "in") pendingLogic = false;
        operate();
        const next = lexer.token(at + 1).word;
        if ((word === "sounds" && next === "like") || (word === "similar" && next === "to")) at++;
      } else if (word === "group" || word === "order" || word === "partition") {
        if (lexer.token(at + 1).word !== "by") return stop("stuck", token);
        if (word === "order") seen.orderBy = true;
        else seen.having = true;
        at++;
        operate();
        inSelect = true;
      } else if (word === "into" || word === "procedure") {
        seen.into =
          seen.into || intoTarget(lexer.token(at + 1).word) || lexer.token(at + 1).kind === "variable";
        if (lexer.token(at + 1).word === "outfile" || lexer.token(at + 1).word === "dumpfile") at++;
        operate();
        inSelect = true;
      } else if (word === "for" || word === "lock") {
        at++;
        if (lexer.token(at).word === "in") at += 2;
        inSelect = true;
      } else if (CLAUSES.has(word)) {
        if (word === "from") seen.from = true;
        if (word === "where") seen.where = true;
        if (word === "having") seen.having = true;
        if (word !== "then" && word !== "else" && word !== "when") inSelect = inSelect || word !== "as";
        else if (caseDepth > 0) seen.caseWhen = true;
        operate();
      } else if (word === "end" && caseDepth > 0) caseDepth--;
      else if (SUFFIXES.has(word)) {
        if (!inSelect && word !== "end" && word !== "unknown") return stop("stuck", token);
      } else if (STATEMENTS.has(word) && statementAt(lexer, at) !== undefined) {
        const statement = statementAt(lexer, at);
        if (statement === undefined) return stop("stuck", token);
        seen.stacked = Math.max(seen.stacked, statement.weight);
        seen.stackedByName = true;
        at = statement.next - 1;
        beginSelect();
        wanted = statement.operand;
      } else if (inSelect && aliases === 0) aliases++;
      else return stop("stuck", token);
    } else return stop("stuck", token);
  }
  return stop("stuck", lexer.token(at));
}

function emptyWalk(): Walk {
  return {
    tail: "end",
    cut: false,
    end: 0,
    tokens: 0,
    operators: 0,
    symbols: 0,
    logic: 0,
    comparisons: 0,
    constantComparisons: 0,
    bareLogic: 0,
    closers: 0,
    functions: 0,
    variables: 0,
    time: false,
    error: false,
    system: false,
    subselects: 0,
    union: false,
    unionItems: 0,
    from: false,
    where: false,
    orderBy: false,
    having: false,
    into: false,
    caseWhen: false,
    stacked: 0,
    stackedByName: false,
    newRow: false,
    commas: 0,
    star: false,
    wordLogic: false,
    constantItem: false,
    logicFirst: false,
  };
}

function noteFunction(seen: Walk, name: string): void {
  if (TIME_FUNCTIONS.has(name)) seen.time = true;
  else if (ERROR_FUNCTIONS.has(name)) seen.error = true;
  else if (SYSTEM_FUNCTIONS.has(name)) seen.system = true;
  else if (!COMMON_FUNCTIONS.has(name)) return;
  seen.functions++;
}

/** @returns the index of SELECT, VALUES or the last word before its parenthesis, -1 when none follows */
function setOperator(lexer: Lexer, at: number): number {
  let next = at + 1;
  while (lexer.token(next).word === "all" || lexer.token(next).word === "distinct") next++;
  let parens = 0;
  while (lexer.token(next).kind === "(" && parens < 64) {
    next++;
    parens++;
  }
  const { word } = lexer.token(next);
  return word === "select" || word === "values" || word === "table" ? next : -1;
}

function intoTarget(word: string): boolean {
  return word === "outfile" || word === "dumpfile" || word === "analyse" || word === "analyze";
}
