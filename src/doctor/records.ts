/** The records' PostgreSQL server: does it let us in, may we write there, and does another server have them. */
import { VedetteError } from "../errors.ts";
import { type Finding, fail, ok, warn } from "./check.ts";

/** @param url of a PostgreSQL server */
export async function checkRecords(url: string): Promise<Finding> {
  const { lookAtRecords } = await import("../store/records/postgres/look.ts");
  const name = "records";
  try {
    const { place, version, inUse, writable, newer } = await lookAtRecords(url);
    const found = `PostgreSQL ${version} at ${place}`;
    if (newer)
      return fail(name, `${found} has the schema of a newer Vedette`, "Run the version that wrote it.");
    if (!writable)
      return fail(
        name,
        `${found} gives no right to write`,
        "Name the primary, with a user that owns the schema vedette or may create it: GRANT CREATE ON DATABASE.",
      );
    if (!inUse) return ok(name, found);
    return warn(
      name,
      `${found} is in use by a running server`,
      "When that is not this one, give this one a database of its own: records.",
    );
  } catch (cause) {
    if (!(cause instanceof VedetteError)) throw cause;
    return fail(name, cause.message, cause.remedy);
  }
}
