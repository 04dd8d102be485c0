/** Labeled tab-separated values (http://ltsv.org): `host:203.0.113.9<TAB>req:GET / HTTP/1.1<TAB>status:200`. */
import { EVENT_FIELDS } from "../../event.ts";
import type { LogFormat } from "../format.ts";
import { ltsvRecord } from "./recognise/ltsv-record.ts";
import { openRecordParser } from "./recognise/record-parser.ts";

export const ltsv: LogFormat = {
  id: "ltsv",
  title: "LTSV with a request in each line",
  shape: "line",
  general: true,
  provides: EVENT_FIELDS,
  open(options) {
    const parseRecord = openRecordParser(options);
    return {
      parse(line, event) {
        if (line.trim() === "") return "ignored";
        const record = ltsvRecord(line);
        return record === undefined ? "failed" : parseRecord(record, event);
      },
    };
  },
};
