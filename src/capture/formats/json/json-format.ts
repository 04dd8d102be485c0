/** A log format that is a JSON record with known field names. */
import type { ApiEvent } from "../../../event.ts";
import type { FieldMapping, FormatOptions, LineParser, LineResult, LogFormat } from "../../format.ts";
import { parseJsonLine } from "./json-text.ts";
import { compileMapping, mappedFields } from "./mapping.ts";
import { compilePath, isJsonObject, type JsonObject } from "./path.ts";

/** A parser that can also be given the value of a record, so that many can share one `JSON.parse`. */
export interface JsonParser extends LineParser {
  parseValue(value: unknown, event: ApiEvent): LineResult;
}

interface JsonFormat extends Omit<LogFormat, "shape" | "provides" | "open"> {
  /** Paths that a record of this log must have; each may list alternatives with `|`. */
  readonly requires: readonly string[];
  /** Paths that mark a record of this program that is not about a request. */
  readonly ignores?: readonly string[];
  readonly fields: FieldMapping;
  /** Brings a record into the shape the paths speak of; undefined when it is not of this log. */
  readonly prepare?: (record: JsonObject) => JsonObject | undefined;
  /** What a table cannot say. Returns false when the record is not about a request. */
  readonly finish?: (event: ApiEvent, record: JsonObject, options: FormatOptions) => boolean;
}

export function jsonFormat(description: JsonFormat): LogFormat {
  const { requires, ignores, fields, prepare, finish, ...rest } = description;
  return {
    ...rest,
    shape: "json",
    provides: mappedFields(fields),
    open(options) {
      const has = requires.map(compilePath);
      const marks = (ignores ?? []).map(compilePath);
      const fill = compileMapping({ ...fields, ...options.mapping }, options);
      return jsonParser((raw, event) => {
        const record = prepare === undefined ? raw : prepare(raw);
        if (record === undefined) return "failed";
        if (!has.every((get) => get(record) !== undefined)) {
          return marks.length > 0 && marks.every((get) => get(record) !== undefined) ? "ignored" : "failed";
        }
        fill(event, record);
        return finish === undefined || finish(event, record, options) ? "event" : "ignored";
      });
    },
  };
}

/** A parser of JSON records from a function over one record. */
export function jsonParser(parseRecord: (record: JsonObject, event: ApiEvent) => LineResult): JsonParser {
  function parseValue(value: unknown, event: ApiEvent): LineResult {
    return isJsonObject(value) ? parseRecord(value, event) : "failed";
  }
  return {
    parseValue,
    parse(line, event) {
      if (!mayBeJson(line)) return line.trim() === "" ? "ignored" : "failed";
      return parseValue(parseJsonLine(line), event);
    },
  };
}

function mayBeJson(line: string): boolean {
  let at = 0;
  while (line.charCodeAt(at) <= 32) at++;
  const first = line.charCodeAt(at);
  return first === 123 || first === 91;
}

export function isJsonParser(parser: LineParser): parser is JsonParser {
  return "parseValue" in parser;
}
