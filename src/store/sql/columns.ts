/** How a column of the schema is read from its table: as it is, but for these. */
import type { Column, TableName } from "../../explore/query/schema.ts";
import { identifier } from "./identifiers.ts";

export function columnSql(table: TableName, column: Column): string {
  const special = table === "events" ? EVENT_COLUMNS[column.name] : undefined;
  return special ?? identifier(column.name);
}

/** Findings are one array of tuples; zero stands for an absent number where none can be zero. */
const EVENT_COLUMNS: Readonly<Record<string, string>> = {
  "client.as.number": "nullIf(`client.as.number`, 0)",
  "log.file.line": "nullIf(`log.file.line`, 0)",
  observed_timestamp: "toDateTime64(`observed_timestamp`, 3, 'UTC')",
  "finding.class": "`findings`.`class`",
  "finding.rule": "`findings`.`rule`",
  "finding.location": "`findings`.`location`",
  "finding.evidence": "`findings`.`evidence`",
  "finding.score": "if(empty(`findings`.`score`), NULL, arrayMax(`findings`.`score`))",
};
