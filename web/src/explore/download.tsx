import type { Row } from "../api/answers.ts";
import { saveFile } from "../parts/basics.tsx";
import { Icon } from "../parts/icons.tsx";
import { Menu } from "../parts/menu.tsx";
import { asCsv, asNdjson } from "./csv.ts";

export function DownloadMenu({
  columns,
  rows,
}: {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}) {
  return (
    <Menu
      choices={[
        { label: "CSV", choose: () => saveFile("events.csv", "text/csv", asCsv(columns, rows)) },
        {
          label: "NDJSON",
          choose: () => saveFile("events.ndjson", "application/x-ndjson", asNdjson(columns, rows)),
        },
      ]}
    >
      <Icon name="download" /> Download
    </Menu>
  );
}
