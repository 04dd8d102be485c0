/** CSV or TSV about requests, its columns named by a header row: exports of log platforms and databases. */
import { EVENT_FIELDS } from "../../event.ts";
import type { LogFormat } from "../format.ts";
import { csvHeader, csvRecord } from "./recognise/csv-record.ts";
import { openRecordParser } from "./recognise/record-parser.ts";

export const csv: LogFormat = {
  id: "csv",
  title: "CSV or TSV with a header row and a request in each line",
  aliases: ["tsv"],
  shape: "line",
  general: true,
  stateful: true,
  provides: EVENT_FIELDS,
  open(options) {
    const parseRecord = openRecordParser(options);
    let heading = options.pattern ?? "";
    let header = csvHeader(heading);
    return {
      parse(text, event) {
        const line = text.trimEnd();
        if (line === "" || line === heading) return "ignored";
        if (header === undefined) {
          header = csvHeader(line);
          heading = line;
          return header === undefined ? "failed" : "ignored";
        }
        const record = csvRecord(line, header);
        return record === undefined ? "failed" : parseRecord(record, event);
      },
    };
  },
};
