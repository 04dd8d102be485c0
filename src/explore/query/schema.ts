/**
 * What queries can read: the tables, their columns, types and meanings. The store takes its column names from
 * here, completion and documentation read the descriptions, and the checker knows no other fields.
 */

import type { ValueType } from "./plan.ts";
import { EVENT_COLUMNS } from "./schema-events.ts";
import { DETECTION_COLUMNS, INCIDENT_COLUMNS } from "./schema-verdicts.ts";

export interface Column {
  /** With its dots, as in the record. */
  readonly name: string;
  readonly type: ValueType;
  readonly description: string;
  /** All values there are, least first where they have an order. */
  readonly values?: readonly string[];
  /** `severity >= "high"` means something. */
  readonly ordered?: boolean;
  /**
   * A search without a field looks here: for a part of the text; for that among few values, unless it is an id or an
   * address; or for a whole id or address.
   */
  readonly searched?: "part" | "few" | "whole";
  /** A short name people type in a search box. */
  readonly alias?: string;
  /** Kept in single precision: 24 bits of a number. */
  readonly single?: boolean;
  /** Stands for a missing number, where none is ever that. */
  readonly absent?: number;
  /** Known only once the event is stored. */
  readonly stored?: boolean;
}

export type TableName = "events" | "detections" | "incidents";

export interface Table {
  readonly name: TableName;
  readonly description: string;
  readonly columns: readonly Column[];
  /** The column that says when: newest first unless a query sorts, and what a time range is about. */
  readonly time: string;
}

export const TABLES: Readonly<Record<TableName, Table>> = {
  events: {
    name: "events",
    description: "Requests and their responses.",
    columns: EVENT_COLUMNS,
    time: "timestamp",
  },
  detections: {
    name: "detections",
    description: "What one entity did over time, with the arithmetic that makes it a verdict.",
    columns: DETECTION_COLUMNS,
    time: "detected_at",
  },
  incidents: {
    name: "incidents",
    description: "Attacks, or things gone wrong, as a person should meet them.",
    columns: INCIDENT_COLUMNS,
    time: "detected_at",
  },
};

export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

export function isTableName(name: string): name is TableName {
  return Object.hasOwn(TABLES, name);
}
