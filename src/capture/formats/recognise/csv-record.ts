/** One line of comma-, semicolon- or tab-separated values (RFC 4180), under the names of its header. */
import type { JsonObject } from "../json/path.ts";

const MOST_COLUMNS = 200;

export interface CsvHeader {
  readonly separator: string;
  readonly names: readonly string[];
}

/** @returns undefined when the line cannot name columns */
export function csvHeader(line: string): CsvHeader | undefined {
  const separator = ["\t", ";", ","].find((sign) => line.split(sign, 4).length > 3);
  if (separator === undefined) return undefined;
  const names = csvValues(line, separator).map((name) => name.trim());
  const distinct = new Set(names).size === names.length;
  const named = names.every((name) => /^[@A-Za-z_][\w .()/@:-]{0,63}$/.test(name));
  return distinct && named ? { separator, names } : undefined;
}

export function csvRecord(line: string, header: CsvHeader): JsonObject | undefined {
  const values = csvValues(line, header.separator);
  if (values.length !== header.names.length) return undefined;
  return Object.fromEntries(header.names.map((name, i) => [name, values[i] ?? ""]));
}

function csvValues(line: string, separator: string): string[] {
  const values: string[] = [];
  let at = 0;
  while (at <= line.length && values.length < MOST_COLUMNS) {
    if (line.charCodeAt(at) === 34) {
      let end = line.indexOf('"', at + 1);
      while (end >= 0 && line.charCodeAt(end + 1) === 34) end = line.indexOf('"', end + 2);
      if (end < 0) end = line.length;
      values.push(line.slice(at + 1, end).replaceAll('""', '"'));
      const next = line.indexOf(separator, end);
      at = next < 0 ? line.length + 1 : next + 1;
    } else {
      const next = line.indexOf(separator, at);
      values.push(line.slice(at, next < 0 ? line.length : next));
      at = next < 0 ? line.length + 1 : next + 1;
    }
  }
  return values;
}
