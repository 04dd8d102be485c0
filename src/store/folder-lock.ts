/**
 * One process has a data folder. SQLite's own file lock does the work (Node has none): the system frees it however
 * the process ends, so no stale file can lock anyone out.
 */
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { VedetteError } from "../errors.ts";

/**
 * @returns the way to let go of it
 * @throws VedetteError DATA_FOLDER_IN_USE, STORE_UNAVAILABLE
 */
export function lockFolder(folder: string): () => void {
  try {
    // Persons' data and records of access: not for everybody on the machine.
    if (mkdirSync(folder, { recursive: true }) !== undefined) chmodSync(folder, 0o700);
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
