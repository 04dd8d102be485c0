/** Any logfmt lines about requests, whatever their keys are. */
import { EVENT_FIELDS } from "../../event.ts";
import type { LogFormat } from "../format.ts";
import { logfmtRecord } from "./recognise/logfmt-record.ts";
import { openRecordParser } from "./recognise/record-parser.ts";

export const logfmt: LogFormat = {
  id: "logfmt",
  title: "logfmt with a request in each line (logrus, slog, lograge, Authelia, …)",
  aliases: ["logrus", "lograge", "key-value"],
  shape: "line",
  general: true,
  provides: EVENT_FIELDS,
  open(options) {
    const parseRecord = openRecordParser(options);
    return {
      parse(line, event) {
        if (line.trim() === "") return "ignored";
        const record = logfmtRecord(line);
        return record === undefined ? "failed" : parseRecord(record, event);
      },
    };
  },
};
