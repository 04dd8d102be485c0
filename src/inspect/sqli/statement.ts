/** Whether tokens begin an SQL statement: the verb and what it must be followed by. */
import type { Lexer } from "./lexer.ts";
import { COMMON_FUNCTIONS, OBJECTS, SYSTEM_FUNCTIONS, TIME_FUNCTIONS } from "./lexicon.ts";

export interface Statement {
  /** Index of the first token after the recognised beginning. */
  readonly next: number;
  /** Whether an operand must come there. */
  readonly operand: boolean;
  /** 0 to 1: how much only SQL says this. */
  readonly weight: number;
}

/** What goes on after `select name`; anything else is a sentence: "select styles only". */
const AFTER_NAME = new Set(["from", "where", "into", "union", "as", "limit", "order", "group", "having"]);

export function statementAt(lexer: Lexer, at: number): Statement | undefined {
  const verb = lexer.token(at);
  if (verb.kind !== "word") return undefined;
  const first = lexer.token(at + 1);
  const second = lexer.token(at + 2);
  const third = lexer.token(at + 3);
  const name = (index: number): boolean => {
    const { kind } = lexer.token(index);
    return kind === "word" || kind === "variable";
  };
  const begun = (tokens: number, operand: boolean, weight: number): Statement => ({
    next: at + tokens,
    operand,
    weight,
  });

  switch (verb.word) {
    case "select":
      if (first.kind === "end" || first.kind === "comment") return undefined;
      // `"select"` and `"select":` are a quoted word, not a statement.
      if ((first.kind === "open" || first.kind === "string") && first.start === verb.end) return undefined;
      if (first.kind !== "word" || second.kind !== "word") return begun(1, true, 0.8);
      return begun(1, true, AFTER_NAME.has(second.word) ? 0.6 : 0.1);
    case "insert":
      if (first.word === "into" && second.kind === "end") return begun(2, false, 0.8);
      if (first.word === "into" && name(at + 2))
        return begun(
          3,
          false,
          third.word === "values" || third.word === "(" || third.word === "select" ? 1 : 0.6,
        );
      return undefined;
    case "replace":
      return first.word === "into" && name(at + 2) ? begun(3, false, 0.9) : undefined;
    case "update":
      if (name(at + 1) && second.word === "set" && name(at + 3))
        return begun(4, false, lexer.token(at + 4).word === "=" ? 1 : 0.4);
      return undefined;
    case "delete":
      if (first.word === "from" && name(at + 2))
        return begun(3, false, endsOr(lexer, at + 3, "where") ? 0.9 : 0.4);
      return name(at + 1) && second.word === "where" ? begun(3, true, 0.7) : undefined;
    case "drop":
    case "create":
    case "alter":
      return ddl(lexer, at);
    case "truncate":
      if (first.word === "table" && name(at + 2)) return begun(3, false, 0.9);
      return name(at + 1) && endsOr(lexer, at + 2) ? begun(2, false, 0.6) : undefined;
    case "exec":
    case "execute":
      if (SYSTEM_FUNCTIONS.has(first.word)) return begun(2, false, 1);
      if (first.kind === "(" || first.kind === "variable") return begun(1, true, 0.8);
      if (
        first.word === "immediate" ||
        first.word.includes(".") ||
        first.word.startsWith("sp_") ||
        first.word.startsWith("xp_")
      ) {
        return begun(2, true, 0.9);
      }
      return undefined;
    case "declare":
      return first.kind === "variable" ? begun(2, false, 1) : undefined;
    case "set":
      if (first.kind === "variable") return begun(2, false, 0.8);
      return name(at + 1) && second.word === "=" ? begun(2, false, 0.5) : undefined;
    case "waitfor":
      return first.word === "delay" || first.word === "time" ? begun(2, true, 1) : undefined;
    case "shutdown":
      return endsOr(lexer, at + 1, "with") ? begun(1, false, 0.8) : undefined;
    case "grant":
    case "revoke":
      return name(at + 1) && (second.word === "on" || second.word === "to" || second.kind === ",")
        ? begun(2, false, 0.7)
        : undefined;
    case "call":
    case "do":
      return name(at + 1) && second.kind === "(" ? begun(1, true, 0.7) : undefined;
    case "merge":
      return first.word === "into" ? begun(2, true, 0.8) : undefined;
    case "load":
      return first.word === "data" || first.word === "xml" ? begun(2, false, 0.8) : undefined;
    case "if":
    case "while":
      return first.kind === "(" ||
        first.word === "exists" ||
        first.word === "not" ||
        (first.kind === "number" && second.kind === "compare")
        ? begun(1, true, 0.75)
        : undefined;
    case "begin":
    case "goto":
    case "return":
      return name(at + 1) && statementAt(lexer, at + (verb.word === "begin" ? 1 : 2)) !== undefined
        ? begun(1, true, 0.8)
        : verb.word === "begin" && first.word === "goto"
          ? begun(3, true, 0.7)
          : undefined;
    case "copy":
      if (name(at + 1) && (second.word === "from" || second.word === "to")) return begun(3, true, 0.8);
      return first.kind === "(" ? begun(1, true, 0.6) : undefined;
    case "attach":
      return first.word === "database" ? begun(2, true, 1) : undefined;
    case "pragma":
      return name(at + 1) ? begun(2, false, 0.6) : undefined;
    case "handler":
      return name(at + 1) && (second.word === "open" || second.word === "read")
        ? begun(3, false, 0.9)
        : undefined;
    case "rename":
      return first.word === "table" ? begun(2, true, 0.8) : undefined;
    case "show":
      return /^(?:tables|databases|columns|grants|variables|processlist|schemas)$/.test(first.word)
        ? begun(2, false, 0.7)
        : undefined;
    case "backup":
    case "restore":
      return (first.word === "database" || first.word === "log") && name(at + 2)
        ? begun(3, false, 0.8)
        : undefined;
    case "prepare":
      return name(at + 1) && second.word === "from" ? begun(3, true, 0.9) : undefined;
    case "kill":
    case "print":
      return first.kind === "number" || first.kind === "variable" || first.kind === "string"
        ? begun(1, true, 0.5)
        : undefined;
    case "dbcc":
      return name(at + 1) && second.kind === "(" ? begun(1, true, 0.8) : undefined;
    case "vacuum":
    case "reconfigure":
      return endsOr(lexer, at + 1) ? begun(1, false, 0.6) : undefined;
    case "describe":
    case "desc":
    case "use":
      return name(at + 1) && endsOr(lexer, at + 2) ? begun(2, false, 0.2) : undefined;
    default:
      return first.kind === "(" && (COMMON_FUNCTIONS.has(verb.word) || TIME_FUNCTIONS.has(verb.word))
        ? begun(0, true, 0.55)
        : undefined;
  }
}

/** CREATE, ALTER and DROP: an object kind, then a name. "drop table 4" names nothing. */
function ddl(lexer: Lexer, at: number): Statement | undefined {
  let next = at + 1;
  let kinds = 0;
  while (OBJECTS.has(lexer.token(next).word) && kinds < 4) {
    next++;
    kinds++;
  }
  if (kinds === 0) return undefined;
  while (/^(?:if|not|exists)$/.test(lexer.token(next).word)) next++;
  const named = lexer.token(next);
  if (named.kind !== "word") return undefined;
  // "drop table reservations at the door" is a sentence: SQL has few words that may follow a name here.
  const after = lexer.token(next + 1);
  const sound =
    after.kind !== "word" ||
    /^(?:as|add|drop|modify|cascade|restrict|set|on|for|is|with|alter|rename|identified|returns|begin|engine|using|select|owner|from|select)$/.test(
      after.word,
    );
  return { next: next + 1, operand: false, weight: sound ? 0.9 : 0.3 };
}

/** Whether the statement is over here, or goes on with `word`. */
function endsOr(lexer: Lexer, at: number, word?: string): boolean {
  const { kind, word: found } = lexer.token(at);
  return (
    kind === "end" ||
    kind === "comment" ||
    kind === ";" ||
    kind === "open" ||
    (word !== undefined && found === word)
  );
}
