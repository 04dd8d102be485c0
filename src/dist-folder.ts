/** Where the built program lies: the folder with the worker script and the network database. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** From dist/*.js, dist/chunks/*.js, dist/dev/<folder>/*.js, or from the sources in src/. */
const candidates = [here, dirname(here), dirname(dirname(here)), join(dirname(here), "dist")];

export const DIST_FOLDER = candidates.find((folder) => existsSync(join(folder, "geo"))) ?? here;
