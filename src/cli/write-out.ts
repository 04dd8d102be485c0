/** Writes a report to a file or to standard output, all of it, and leaves quietly when the reader does. */
import { writeFileSync } from "node:fs";
import { VedetteError } from "../errors.ts";

export async function writeOut(text: string, file: string | undefined): Promise<void> {
  if (file !== undefined) {
    try {
      writeFileSync(file, text);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new VedetteError("OUTPUT_UNWRITABLE", reason, file, { cause });
    }
    return;
  }
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(text, (error) => {
      const gone = error !== null && error !== undefined && "code" in error && error.code === "EPIPE";
      if (error && !gone) reject(error);
      else resolve();
    });
  });
}
