/** Where the built program lies: the folder with the worker script and the network database. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** From dist/*.js, from dist/chunks/*.js, or from the sources in src/. */
export const DIST_FOLDER =
  [here, dirname(here), join(dirname(here), "dist")].find((folder) => existsSync(join(folder, "geo"))) ?? here;
