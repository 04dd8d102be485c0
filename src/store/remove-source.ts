/**
 * Takes one source's events out of the store. Events go last: what is removed with them is found by them, so that a
 * removal that was cut off is done again from its beginning.
 */
import type { Engine } from "./clickhouse/engine.ts";
import type { VerdictIds } from "./contract.ts";
import { ROLLUPS } from "./schema/rollups.ts";

/** The rows are gone when the statement answers. */
const AT_ONCE = "SETTINGS mutations_sync = 1";
/** Values of one statement. */
const MAX_VALUES = 5_000;

export async function removeSource(
  engine: Engine,
  file: string,
  { incidents, detections }: VerdictIds,
): Promise<number> {
  // Minutes do not say where they came from; those of a service that others spoke of too stay as they are.
  const { rows: services } = await engine.ask(
    `SELECT \`service.name\` FROM events GROUP BY \`service.name\`
      HAVING countIf(\`log.file.path\` != {file:String}) = 0`,
    { file },
  );
  const alone = services.map(([name]) => String(name));
  for (const { table } of ROLLUPS) await removeRows(engine, table, "`service.name`", alone);
  // Some are on no record: what people expect is stored and belongs to no incident.
  await removeRows(engine, "detections", "`target.service`", alone);
  await removeRows(engine, "incidents", "id", incidents);
  await removeRows(engine, "detections", "id", detections);
  const { rows } = await engine.ask("SELECT count() FROM events WHERE `log.file.path` = {file:String}", {
    file,
  });
  const events = Number(rows[0]?.[0] ?? 0);
  if (events > 0)
    await engine.command(`ALTER TABLE events DELETE WHERE \`log.file.path\` = {file:String} ${AT_ONCE}`, {
      file,
    });
  return events;
}

async function removeRows(
  engine: Engine,
  table: string,
  column: string,
  values: readonly string[],
): Promise<void> {
  for (let from = 0; from < values.length; from += MAX_VALUES) {
    const some = values.slice(from, from + MAX_VALUES);
    await engine.command(`ALTER TABLE ${table} DELETE WHERE ${column} IN {some:Array(String)} ${AT_ONCE}`, {
      some,
    });
  }
}
