/**
 * `docs/query.md` says what the language does: its examples hold, and its tables are those of the code. After a
 * change `npx vitest run test/architecture/query-docs.test.ts -u` writes the tables anew.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AGGREGATES } from "../../src/explore/query/aggregates.ts";
import { typeWords } from "../../src/explore/query/build.ts";
import { formatQuery } from "../../src/explore/query/format.ts";
import { FUNCTIONS } from "../../src/explore/query/functions.ts";
import { parseQuery } from "../../src/explore/query/parse.ts";
import { prepareQuery } from "../../src/explore/query/prepare.ts";
import { type Column, TABLES } from "../../src/explore/query/schema.ts";
import { STEP_HELP } from "../../src/explore/query/step-help.ts";
import { compileQuery } from "../../src/store/sql/compile.ts";

const file = join(import.meta.dirname, "../../docs/query.md");
const document = readFileSync(file, "utf8");
const examples = [...document.matchAll(/```kql\n([\s\S]*?)```/g)].map(([, example = ""]) => example.trim());

describe("the examples of docs/query.md", () => {
  it.each(examples)("%s", (example) => {
    const plan = prepareQuery(example, { now: Date.UTC(2026, 2, 1) });
    expect(compileQuery(plan, { services: "all" }).sql).toMatch(/^SELECT /);
    const formatted = formatQuery(parseQuery(example));
    expect(formatQuery(parseQuery(formatted))).toBe(formatted);
  });

  it("are as many as one would read", () => {
    expect(examples.length).toBeGreaterThan(25);
  });
});

it("the tables of docs/query.md are those of the code", async () => {
  let text = document;
  text = withRows(
    text,
    "| step |",
    Object.entries(STEP_HELP).map(([name, help]) => `| \`${name}\` | ${help} |`),
  );
  text = withRows(text, "| function |", [...FUNCTIONS.values()].map(functionRow));
  text = withRows(text, "| aggregate |", [...AGGREGATES.values()].map(functionRow));
  text = `${text.slice(0, text.indexOf("## Fields\n"))}## Fields\n\n${fields()}`;
  await expect(text).toMatchFileSnapshot(file);
});

function functionRow(entry: { name: string; signature: string; description: string }): string {
  return `| \`${entry.name}${entry.signature}\` | ${entry.description} |`;
}

/** Puts rows under the two lines of a table's head. */
function withRows(text: string, head: string, rows: readonly string[]): string {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.startsWith(head)) + 2;
  const end = lines.findIndex(
    (line, index) => index >= first && !line.startsWith("| ") && !/^[A-Z_]+$/.test(line),
  );
  return [...lines.slice(0, first), ...rows, ...lines.slice(end)].join("\n");
}

function fields(): string {
  return Object.values(TABLES)
    .map((table) => {
      const rows = table.columns.map(fieldRow).join("\n");
      return `### ${table.name}\n\n${table.description}\n\n| field | type | what it is |\n| --- | --- | --- |\n${rows}\n`;
    })
    .join("\n");
}

function fieldRow(column: Column): string {
  const short = column.alias === undefined ? "" : ` Short: \`${column.alias}\`.`;
  return `| \`${column.name}\` | ${typeWords(column.type)} | ${column.description}${short} |`;
}
