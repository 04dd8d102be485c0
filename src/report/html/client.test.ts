/** The page's script has the browser's types and none of Node's, which the project's own check cannot give it. */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const here = dirname(fileURLToPath(import.meta.url));
const compiler = join(here, "..", "..", "..", "node_modules", "typescript", "bin", "tsc");

test("the page's script passes its type check", () => {
  const { stdout, status } = spawnSync(process.execPath, [compiler, "-p", join(here, "client")], {
    encoding: "utf8",
  });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});
