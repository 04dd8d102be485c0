/**
 * The last gate before a reader: one SELECT over the store's own tables. The query language compiles to nothing
 * else and `readonly` refuses writes; this refuses what `readonly` lets through in a process (measured on chDB
 * 26.7: INTO OUTFILE, the function file(), DESCRIBE of a file).
 */
import { VedetteError } from "../../errors.ts";

const READABLE_TABLES: ReadonlySet<string> = new Set([
  "events",
  "entity_minutes",
  "detections",
  "incidents",
  "numbers",
]);

/** Read files, other servers, configuration, or waste time. By the beginning of the name. */
const REFUSED_FUNCTIONS =
  /^(?:file|url|remote|cluster|s3|gcs|hdfs|azure|mysql|postgresql|mongodb|sqlite|odbc|jdbc|redis|executable|input|iceberg|deltalake|hudi|merge|dictionary|dictget|loop|fuzz|sleep|catboost|hostname|getserver|getmacro|getos|python|arrowflight|paimon|ytsaurus|prometheus|timeseries)/i;

const TOKEN =
  /'(?:[^'\\]|\\[\s\S]|'')*'|`(?:[^`\\]|\\[\s\S])*`|"(?:[^"\\]|\\[\s\S])*"|--|\/\*|[\w.]+|[^\s\w]/g;

/** @throws VedetteError QUERY_REFUSED */
export function checkReadOnly(sql: string): void {
  const tokens = sql.match(TOKEN) ?? [];
  const names = new Set<string>();
  for (const [i, token] of tokens.entries()) {
    if (/^with$/i.test(tokens[i - 1] ?? "") || tokens[i - 1] === ",") {
      if (/^as$/i.test(tokens[i + 1] ?? "") && tokens[i + 2] === "(") names.add(bare(token));
    }
  }
  const first = (tokens[0] ?? "").toUpperCase();
  if (first !== "SELECT" && first !== "WITH") refuse(tokens[0] ?? "");
  for (const [i, token] of tokens.entries()) {
    if (token.startsWith("'")) continue;
    if (token === ";" || token === "--" || token === "/*") refuse(token);
    const word = bare(token);
    if (tokens[i + 1] === "(" && REFUSED_FUNCTIONS.test(word)) refuse(word);
    // Quoted names are columns; the words of the language are never quoted.
    if (word !== token) continue;
    if (/^(?:into|outfile|format|settings|system|insert|infile)$/i.test(word)) refuse(word);
    if (/^(?:from|join)$/i.test(word)) {
      const table = tokens[i + 1] ?? "";
      if (table !== "(" && !READABLE_TABLES.has(bare(table)) && !names.has(bare(table))) refuse(table);
    }
  }
}

function bare(token: string): string {
  return /^[`"]/.test(token) ? token.slice(1, -1) : token;
}

function refuse(what: string): never {
  throw new VedetteError(
    "QUERY_REFUSED",
    `A question to the store may not use "${what.slice(0, 60)}"`,
    what.slice(0, 60),
  );
}
