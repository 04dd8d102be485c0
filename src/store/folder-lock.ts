/**
 * One process has a data folder. SQLite's own file lock does the work (Node has none): the system frees it however
 * the process ends, so no stale file can lock anyone out.
 */
import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import Database from "libsql";
import { VedetteError } from "../errors.ts";

/**
 * @returns the way to let go of it
 * @throws VedetteError DATA_FOLDER_IN_USE, STORE_UNAVAILABLE
 */
export function lockFolder(folder: string): () => void {
  try {
    // Persons' data and records of access: not for everybody on the machine.
    if (makeFolder(resolve(folder))) chmodSync(folder, 0o700);
    const database = new Database(join(folder, "lock"));
    database.exec("BEGIN EXCLUSIVE");
    let held = true;
    return () => {
      if (held) database.exec("ROLLBACK");
      held = false;
    };
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (code.startsWith("SQLITE_BUSY"))
      throw new VedetteError("DATA_FOLDER_IN_USE", `Another process uses the folder ${folder}`, folder, {
        cause,
      });
    throw new VedetteError("STORE_UNAVAILABLE", `Cannot use the folder ${folder}: ${reason}`, folder, {
      cause,
    });
  }
}

/**
 * One after the other: Node's own recursive form never returns where the file system takes no folders (/proc).
 * @returns whether it was missing
 */
function makeFolder(folder: string): boolean {
  if (existsSync(folder) && statSync(folder).isDirectory()) return false;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  mkdirSync(folder);
  return true;
}
