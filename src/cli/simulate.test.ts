import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { afterEach, describe, expect, it, vi } from "vitest";
import { simulateCommand } from "./simulate.ts";

const folders: string[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function command(): Command {
  return simulateCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
}

describe("vedette simulate", () => {
  it("writes a log where it is told to", async () => {
    const folder = mkdtempSync(join(tmpdir(), "vedette-cli-"));
    folders.push(folder);
    const out = join(folder, "access.log");
    const words = [
      "--events",
      "2_000",
      "--days",
      "0.5",
      "--start",
      "2026-06-01",
      "--attacks",
      "none",
      "--format",
      "apache-common",
    ];
    await command().parseAsync([...words, "--out", out], { from: "user" });
    const lines = readFileSync(out, "utf8").split("\n");
    expect(lines.length).toBeGreaterThan(1_500);
    expect(lines[0]).toMatch(
      /^\S+ - - \[01\/Jun\/2026:0\d:\d\d:\d\d \+0000\] "[A-Z]+ \/\S* HTTP\/[\d.]+" \d{3} (\d+|-)$/,
    );
  });

  it("lists formats and attacks", async () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    await command().parseAsync(["--list-formats"], { from: "user" });
    await command().parseAsync(["--list-attacks"], { from: "user" });
    const text = write.mock.calls.map(([chunk]) => String(chunk)).join("");
    expect(text).toMatch(/^nginx-combined {2,}nginx, its predefined combined format$/m);
    expect(text).toMatch(/^credential_stuffing {2,}distributed loud moderate slow {2,}stolen/m);
  });

  it.each([
    [["--events", "many"], "It takes a number."],
    [["--start", "yesterday"], "It takes a time such as 2026-03-02T00:00:00Z."],
    [["--attacks", "bruteforce"], "there is no attack named"],
    [["--days", "0"], "--days takes a number above 0"],
    [["--events", "1.5"], "--events takes a whole number"],
  ])("refuses %s", async (words, message) => {
    await expect(command().parseAsync(words, { from: "user" })).rejects.toThrow(message);
  });
});
