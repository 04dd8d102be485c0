/** Where the evaluation data lies: beside the repository, or where VEDETTE_CORPORA says. Never part of it. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

export const CORPORA = resolve(process.env.VEDETTE_CORPORA ?? join(process.cwd(), "../shared/corpora"));

export function hasCorpora(): boolean {
  return existsSync(join(CORPORA, "README.md"));
}
