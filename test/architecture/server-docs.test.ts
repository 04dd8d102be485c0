/** What docs/server.md and docs/api.md say of settings and rights is what the code has. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { KEY_SCOPES, ROLE_SCOPES, SCOPES } from "../../src/http/access/principal.ts";
import { ROLES } from "../../src/store/records/access.ts";

const read = (name: string) => readFileSync(join(import.meta.dirname, "../../docs", name), "utf8");
const cellsOf = (line: string) =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

describe("docs/server.md", () => {
  const rows = read("server.md")
    .split("\n")
    .filter((line) => /^\| `[a-z_.]+` \|/.test(line))
    .map(cellsOf);
  const config = readConfig({ environment: {}, options: {} });

  it("names every setting", () => {
    const given = {
      store: "http://127.0.0.1:8123",
      records: "postgresql://127.0.0.1/vedette",
      public_url: "https://a.example",
      ingest_key: "x".repeat(16),
    };
    const all = readConfig({ environment: {}, options: given });
    const documented = new Set(rows.map(([name = ""]) => name.replaceAll("`", "").split(".")[0]));
    const known = Object.keys(all).filter((name) => name !== "budgetBytes" && name !== "journalBytes");
    expect([...documented].sort()).toEqual(known.sort());
  });

  it("shows settings that are taken as they stand", () => {
    const folder = mkdtempSync(join(tmpdir(), "vedette-docs-"));
    const examples = [...read("server.md").matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = ""]) => yaml);
    expect(examples.length).toBe(3);
    for (const [i, yaml] of examples.entries()) {
      const file = join(folder, `${i}.yaml`);
      writeFileSync(file, yaml);
      expect(readConfig({ file, environment: {}, options: {} }).port).toBe(4800);
    }
    rmSync(folder, { recursive: true });
  });

  it("says the environment variables that are read", () => {
    for (const [name = "", variable = ""] of rows) {
      if (variable === "") continue;
      const text =
        name === "`behind_proxy`" || name === "`sample`"
          ? "true"
          : name === "`port`" || name.includes("_gb")
            ? "7"
            : "";
      const scheme = name === "`records`" ? "postgresql" : "http";
      const value = text || (name === "`threads`" ? "3" : `${scheme}://a.example:80/abcdefgh`);
      const environment = { [variable.replaceAll("`", "")]: value };
      const changed = readConfig({ environment, options: {} });
      const key = name.replaceAll("`", "") as keyof typeof changed;
      expect(changed[key], name).not.toEqual(config[key]);
    }
  });
});

describe("docs/api.md", () => {
  it("says which role has which scope", () => {
    const rows = read("api.md")
      .split("\n")
      .filter((line) => /^\| `[a-z]+:[a-z]+` \|/.test(line))
      .map(cellsOf);
    const documented = rows.map(([scope = "", ...roles]) => [
      scope.replaceAll("`", ""),
      ...roles.slice(0, 3),
    ]);
    const known = SCOPES.map((scope) => [
      scope,
      ...ROLES.map((role) => (ROLE_SCOPES[role].includes(scope) ? "yes" : "")),
    ]);
    expect(documented).toEqual(known);
    expect(SCOPES.filter((scope) => !KEY_SCOPES.includes(scope))).toEqual(["access:write"]);
  });
});
