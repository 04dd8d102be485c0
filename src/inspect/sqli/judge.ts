/** What a walk amounts to: the strongest reading of it, with a score and a sentence. */
import type { Walk } from "./seen.ts";

export interface Verdict {
  readonly rule: string;
  readonly score: number;
  readonly reason: string;
}

/** Where the walk began. */
export interface Opening {
  /** The quote it broke out of, "" when the value stands as a number or as a condition of its own. */
  readonly quote: "" | "'" | '"';
  /** The value begins with a number, as an id does. */
  readonly number: boolean;
  /** The second token compares: `5 > 3 && …` is a statement about numbers. */
  readonly compared: boolean;
  /** The value begins with a quoted string of its own. */
  readonly literal: boolean;
  /** Letters and spaces only before the quote, and after it: "rock 'and' roll". */
  readonly wordy: boolean;
  /** No sentence follows the comment sign. */
  readonly cutShort: boolean;
}

const NOTHING: Verdict = { rule: "", score: 0, reason: "" };

export function judge(seen: Walk, opening: Opening): Verdict {
  const broken = opening.quote !== "" || seen.closers > 0;
  const begun = broken || opening.number;
  const verdicts = [
    ofUnion(seen, begun),
    ofStatements(seen, broken, begun),
    ofFunctions(seen, begun),
    ofConditions(seen, opening, broken),
    ofClauses(seen, broken, begun),
    ofBreakout(seen, opening),
    ofExpression(seen, broken, begun),
  ];
  let best = NOTHING;
  for (const verdict of verdicts) if (verdict.score > best.score) best = verdict;
  if (best.score === 0) return best;
  const settled = best.score + (broken ? 0.05 : 0) + (seen.cut ? 0.05 : 0);
  return { ...best, score: Math.min(0.98, settled) };
}

function ofUnion(seen: Walk, begun: boolean): Verdict {
  if (!seen.union) return NOTHING;
  const shown = seen.unionItems > 1 || seen.from || seen.functions > 0 || seen.star;
  const ended = seen.tail === "end" || seen.tail === "comment";
  // "union select committee" is a committee, and "union select" in quotes is a phrase.
  if (seen.tail === "open" && seen.unionItems === 1 && !shown) return NOTHING;
  const score = shown ? 0.85 : begun && ended ? 0.75 : seen.cut || seen.constantItem ? 0.65 : 0.35;
  return {
    rule: "sqli/union-select",
    score: seen.tail === "stuck" && !seen.from && seen.unionItems < 3 ? score - 0.2 : score,
    reason: "A UNION SELECT would add rows of the sender's choice to the query's answer.",
  };
}

function ofStatements(seen: Walk, broken: boolean, begun: boolean): Verdict {
  if (seen.stacked === 0) return NOTHING;
  if (seen.stackedByName && !begun) return NOTHING;
  const certain = seen.tail !== "stuck" ? 0 : seen.stackedByName ? 0.3 : 0.15;
  return {
    rule: "sqli/stacked-statement",
    score: 0.35 + 0.5 * seen.stacked + (broken ? 0.05 : 0) - certain - (seen.stackedByName ? 0.05 : 0),
    reason: "A second SQL statement follows the value.",
  };
}

function ofFunctions(seen: Walk, begun: boolean): Verdict {
  if (seen.time && (begun || seen.select || seen.operators > 0)) {
    return {
      rule: "sqli/time-based",
      score: 0.85,
      reason: "A function makes the database wait, so that the delay answers a question.",
    };
  }
  if (seen.system) {
    return {
      rule: "sqli/system-function",
      score: 0.85,
      reason: "A function lets the database read files, run commands or call out.",
    };
  }
  if (seen.error) {
    return {
      rule: "sqli/error-based",
      score: begun ? 0.85 : 0.6,
      reason: "A function carries query results out in an error message.",
    };
  }
  return NOTHING;
}

function ofConditions(seen: Walk, opening: Opening, broken: boolean): Verdict {
  const quoted = opening.quote !== "";
  // Arithmetic and version ranges compare numbers too; they neither follow an id nor begin with AND.
  const led = broken || opening.number || opening.literal || seen.logicFirst || seen.wordLogic ? 0 : 0.4;
  // AND 7 = ( is the beginning of a condition; the application writes the rest.
  const begunOnly = seen.truncated && seen.logicFirst;
  const stuck = (seen.tail === "stuck" ? (begunOnly ? 0.05 : 0.25) : 0) + led;
  const begun = broken || opening.number;
  if (seen.constantComparisons > 0 && (seen.logic > 0 || (begun && seen.where))) {
    return {
      rule: "sqli/tautology",
      score: 0.85 - stuck - (opening.compared && !seen.cut ? 0.4 : 0),
      reason: "A condition compares constants, so that it is always true or always false.",
    };
  }
  if (seen.logic > 0 && seen.comparisons > 0) {
    const score = broken
      ? 0.75
      : seen.tail === "comment"
        ? 0.6
        : opening.number || seen.logicFirst
          ? 0.55
          : seen.functions > 1
            ? 0.55
            : 0.3;
    return {
      rule: "sqli/condition",
      score: score - stuck,
      reason: "A further condition is joined to the query's own.",
    };
  }
  if (seen.constantComparisons > 0 && seen.symbols > 0 && opening.literal && !quoted) {
    return {
      rule: "sqli/comparison",
      score: 0.6 - stuck,
      reason: "Two constants are compared as a condition of a query.",
    };
  }
  if (seen.comparisons > 0 && quoted && seen.tail !== "stuck") {
    return {
      rule: "sqli/comparison",
      // f' = f: the application's own quote would be left open.
      score: isOpenEnded(seen) ? 0.35 : seen.symbols > 0 ? 0.6 : opening.wordy ? 0.3 : 0.55,
      reason: "The value closes its string and goes on as a comparison.",
    };
  }
  if (seen.bareLogic > 0 && (broken || opening.number) && seen.tail !== "stuck") {
    const score = seen.functions > 0 || seen.subselects > 0 ? 0.6 : opening.wordy ? 0.4 : broken ? 0.6 : 0.3;
    return {
      rule: "sqli/bare-condition",
      score,
      reason: "The value closes its string and joins a further condition to the query.",
    };
  }
  return NOTHING;
}

/** One comparison of names, and nothing that takes care of the rest of the application's string. */
function isOpenEnded(seen: Walk): boolean {
  return seen.tail === "end" && seen.tokens === 2 && seen.symbols === 1 && seen.calls === 0;
}

function ofClauses(seen: Walk, broken: boolean, begun: boolean): Verdict {
  if (seen.into) {
    return {
      rule: "sqli/into",
      score: begun ? 0.8 : 0.6,
      reason: "INTO would write the query's answer to a file or a procedure.",
    };
  }
  if (seen.newRow) {
    return {
      rule: "sqli/insert-row",
      score: 0.7,
      reason: "The value closes its row of VALUES and begins another.",
    };
  }
  if (seen.having && begun && seen.comparisons > 0) {
    return { rule: "sqli/having", score: 0.7, reason: "GROUP BY or HAVING probes the query's columns." };
  }
  if (seen.closers > 0 && seen.from && seen.tokens < 8) {
    return {
      rule: "sqli/clause",
      score: 0.5,
      reason: "The value closes a bracket of the query and goes on with its clauses.",
    };
  }
  if (seen.orderBy && begun) {
    const ended = seen.tail !== "stuck";
    return {
      rule: "sqli/order-by",
      score: broken && ended ? 0.65 : ended ? 0.55 : 0.3,
      reason: "ORDER BY a position counts the query's columns.",
    };
  }
  if (seen.having && broken && seen.tail !== "stuck") {
    return { rule: "sqli/having", score: 0.6, reason: "GROUP BY or HAVING probes the query's columns." };
  }
  return NOTHING;
}

/** `admin'--`: nothing but an end of the string and a comment; or an expression that a comment ends. */
function ofBreakout(seen: Walk, opening: Opening): Verdict {
  if (
    opening.quote === "'" &&
    seen.operators === 1 &&
    seen.symbols === 1 &&
    seen.tail === "open" &&
    !opening.wordy
  ) {
    return {
      rule: "sqli/operator",
      score: seen.tokens === 2 ? 0.45 : 0.35,
      reason: "The value closes its string and goes on with an operator.",
    };
  }
  if (!seen.cut || !opening.cutShort) return NOTHING;
  if (opening.quote !== "" && seen.operators === 0) {
    return {
      rule: "sqli/comment",
      score: 0.55,
      reason: "The value closes its string and comments out the rest of the query.",
    };
  }
  if (seen.tail === "stuck" || seen.operators + seen.functions + seen.variables + seen.calls === 0)
    return NOTHING;
  return {
    rule: "sqli/comment",
    score: 0.5,
    reason: "An expression is followed by a comment that cuts off the rest of the query.",
  };
}

function ofExpression(seen: Walk, broken: boolean, begun: boolean): Verdict {
  const stuck = seen.tail === "stuck" ? 0.2 : 0;
  if (seen.subselects > 0 && seen.operators > 0 && (seen.from || seen.functions > 0 || broken)) {
    return {
      rule: "sqli/subquery",
      score: (begun ? 0.75 : 0.6) - stuck,
      reason: "A subquery stands where a value was expected.",
    };
  }
  if (seen.subselects > 0 && (begun || seen.commas > 0) && seen.tokens > 2) {
    return {
      rule: "sqli/subquery",
      score: 0.6 - stuck,
      reason: "A subquery stands where a value was expected.",
    };
  }
  if (seen.caseWhen) {
    return {
      rule: "sqli/case",
      score: (begun ? 0.7 : 0.55) - stuck,
      reason: "A CASE expression asks the database a question.",
    };
  }
  if (seen.functions > 0 && broken && seen.operators > 0) {
    return {
      rule: "sqli/function",
      score: 0.65 - stuck,
      reason: "The value closes its string and calls an SQL function.",
    };
  }
  if (seen.functions > 0 && seen.constantComparisons > 0) {
    return {
      rule: "sqli/function",
      score: 0.6 - stuck,
      reason: "An SQL function decides by a comparison of constants.",
    };
  }
  if (seen.functions > 0 && seen.operators > 0 && begun && seen.tail !== "stuck") {
    return {
      rule: "sqli/function",
      score: 0.5,
      reason: "An SQL function stands where a value was expected.",
    };
  }
  if (seen.functions > 1 && (seen.comparisons > 0 || begun || seen.tail !== "stuck")) {
    return {
      rule: "sqli/function",
      score: 0.6 - stuck,
      reason: "SQL functions take an answer apart, as blind injection does.",
    };
  }
  return NOTHING;
}
