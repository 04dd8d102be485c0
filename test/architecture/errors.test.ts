/** The error catalogue, its documentation and its use agree. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ERRORS } from "../../src/errors.ts";

const root = join(import.meta.dirname, "../..");
const documented = readFileSync(join(root, "docs/errors.md"), "utf8");
const rows = [...documented.matchAll(/^\| `([A-Z_]+)` \| ([^|]+) \| (\d) \| (\d+) \| ([^|]+) \|$/gm)];

describe("the error catalogue", () => {
  it("stands in docs/errors.md, code by code, with the same exit codes, statuses and remedies", () => {
    const table = Object.fromEntries(
      rows.map(([, code = "", , exit, http, remedy = ""]) => [
        code,
        { exit: Number(exit), http: Number(http), remedy: remedy.trim() },
      ]),
    );
    expect(table).toEqual(ERRORS);
  });

  it("has no code that nothing uses", () => {
    const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.includes(".test.") && name !== "errors.ts")
      .map((name) => readFileSync(join(root, "src", name), "utf8"))
      .join("\n");
    const unused = Object.keys(ERRORS).filter(
      (code) => !sources.includes(`"${code}"`) && !sources.includes(`ERRORS.${code}`),
    );
    expect(unused).toEqual([]);
  });
});
