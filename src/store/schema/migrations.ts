/**
 * How the schema came to be, step by step; a step that has been released never changes. Every statement may run
 * twice (IF NOT EXISTS), so a kill in the midst of a step is mended by running it again.
 */
import { createEventTable, mergeMany, SMALL_PARTS_WHOLE } from "./event-table.ts";
import { COMPRESS_SKETCHES, DROP_ENDPOINT_MINUTES, ENDPOINT_MINUTES, ROLLUPS } from "./rollups.ts";
import { ADD_SEARCHED_TEXT } from "./searched-text.ts";
import { DETECTIONS_TABLE, INCIDENTS_TABLE } from "./verdict-tables.ts";

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: "events, minutes, detections and incidents",
    statements: [
      createEventTable(),
      ENDPOINT_MINUTES,
      ...ROLLUPS.map((rollup) => rollup.create),
      DETECTIONS_TABLE,
      INCIDENTS_TABLE,
    ],
  },
  { version: 2, name: "one index of the words that are searched for", statements: ADD_SEARCHED_TEXT },
  { version: 3, name: "fewer merges", statements: [mergeMany("events")] },
  { version: 4, name: "smaller minutes of endpoints", statements: [COMPRESS_SKETCHES] },
  { version: 5, name: "no minutes of endpoints", statements: [DROP_ENDPOINT_MINUTES] },
  {
    version: 6,
    name: "less work for what comes in small pieces",
    statements: [SMALL_PARTS_WHOLE, ...["entity_minutes", "detections", "incidents"].map(mergeMany)],
  },
];
