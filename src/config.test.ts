import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readConfig } from "./config.ts";

const read = (options: Record<string, unknown>) => () => readConfig({ environment: {}, options });
const wrong = (input: string) => expect.objectContaining({ code: "CONFIG_INVALID", input });

it("names the setting that is wrong", () => {
  expect(read({ store: "ftp://a.example" })).toThrow(wrong("store"));
  expect(read({ trusted_proxies: ["private", "10.0.0.0/99"] })).toThrow(wrong("trusted_proxies.1"));
  expect(read({ retention: { events: -3 } })).toThrow(wrong("retention.events"));
  expect(read({ public_url: "javascript:alert(1)" })).toThrow(wrong("public_url"));
});

it("says where a file is broken, and shows nothing of it: there may be secrets", () => {
  const folder = mkdtempSync(join(tmpdir(), "vedette-config-"));
  const file = join(folder, "vedette.yaml");
  writeFileSync(file, "port: 4800\ningest_key: [a-secret-of-many-letters\n");
  const broken = () => readConfig({ file, environment: {}, options: {} });
  expect(broken).toThrow(wrong(file));
  expect(broken).toThrow(/ at line \d/);
  expect(broken).not.toThrow(/a-secret/);
  rmSync(folder, { recursive: true });
});
