/** What an expression showed before it ended or stopped making sense. */
export interface Walk {
  /** "end" of the text, a cutting "comment", an "open" string, or "stuck" where it is no SQL. */
  tail: "end" | "comment" | "open" | "stuck";
  /** A comment takes the rest away. */
  cut: boolean;
  /** It stopped only because the text did. */
  truncated: boolean;
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
  /** Calls of any function, and brackets that were opened. */
  calls: number;
  variables: number;
  time: boolean;
  error: boolean;
  system: boolean;
  subselects: number;
  /** The value itself is a SELECT. */
  select: boolean;
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

export function emptyWalk(): Walk {
  return {
    tail: "end",
    cut: false,
    truncated: false,
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
    calls: 0,
    variables: 0,
    time: false,
    error: false,
    system: false,
    subselects: 0,
    select: false,
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
