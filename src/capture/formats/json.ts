/** Any JSON lines about requests, whatever their fields are called. */
import { EVENT_FIELDS } from "../../event.ts";
import type { LogFormat } from "../format.ts";
import { jsonParser } from "./json/json-format.ts";
import { openRecordParser } from "./recognise/record-parser.ts";

export const json: LogFormat = {
  id: "json",
  title: "JSON lines with a request in each (pino, winston, bunyan, zap, slog, Serilog, lograge, nginx, …)",
  aliases: ["jsonl", "nginx-json", "pino", "winston", "bunyan", "zap", "slog", "serilog", "lograge-json"],
  shape: "json",
  general: true,
  provides: EVENT_FIELDS,
  open: (options) => jsonParser(openRecordParser(options)),
};
