/** `vedette query`: one question to a running server, or to the stored data of one that does not run. */
import { Command, InvalidArgumentError, Option } from "commander";
import { inert } from "../report/inert.ts";
import type { Answered } from "../report/rows.ts";
import { folderOrServer, type Place } from "./folder-or-server.ts";

interface Flags {
  readonly url?: string;
  readonly data?: string;
  readonly key?: string;
  readonly output: "text" | "json" | "ndjson" | "csv";
  readonly rows: number;
}

const MOST_ROWS = 10_000;

const EXAMPLES = `
Examples:
  vedette query 'events | where status >= 500 | summarize n = count() by http.route'
  vedette query 'incidents | where severity >= "high"' --url https://vedette.example.org --output json
  vedette query 'events | where ip == "203.0.113.7"' --data /var/lib/vedette --output csv

Without --url the data folder is asked itself, unless a server runs on it: then that server is asked. Where the folder
cannot be read, it takes a key for the API (scope events:read) in --key or VEDETTE_API_KEY.
docs/query.md has the language.`;

export function queryCommand(): Command {
  return new Command("query")
    .description("Ask events, detections and incidents.")
    .argument("<query>", "in the query language")
    .option("--url <url>", "a running server")
    .option("--data <folder>", "the data folder (default: ./vedette-data)")
    .option("--key <key>", "API key; better in the environment: VEDETTE_API_KEY")
    .addOption(
      new Option("--output <format>", "how to write it")
        .choices(["text", "json", "ndjson", "csv"])
        .default("text"),
    )
    .option("--rows <number>", `most rows of the answer, up to ${MOST_ROWS}`, rows, 1_000)
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(query: string, { url, data, key, output, rows: most }: Flags): Promise<void> {
  const [{ writeRows }, { QueryError, pointAt }] = await Promise.all([
    import("../report/rows.ts"),
    import("../explore/query/error.ts"),
  ]);
  try {
    const answer = await ask(query, { url, data, key }, most);
    const width = process.stdout.isTTY ? process.stdout.columns : undefined;
    process.stdout.write(writeRows(answer, output, width));
    if (answer.truncated)
      process.stderr.write(
        `vedette: there are more rows than the ${answer.rows.length} shown; see --rows.\n`,
      );
  } catch (error) {
    if (error instanceof QueryError) {
      const marked = pointAt(query, error.range).split("\n").map(inert).join("\n");
      process.stderr.write(`${marked}\n`);
    }
    throw error;
  }
}

async function ask(query: string, place: Place, most: number): Promise<Answered> {
  const { askFolder, askServer } = await import("../explore/ask.ts");
  return folderOrServer(
    place,
    (folder) => askFolder(folder, query, most, Date.now()),
    (server) => askServer(server, query, most),
  );
}

function rows(text: string): number {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value < 1 || value > MOST_ROWS)
    throw new InvalidArgumentError(`Rows are a number from 1 to ${MOST_ROWS}.`);
  return value;
}
